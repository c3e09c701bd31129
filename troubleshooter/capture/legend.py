"""Says how to read what stands in a saved page in place of something else, in the page itself and beside it."""

from __future__ import annotations

LEGEND = (
    "w1, w2 … in an id, a class, or the name or value of an attribute: a masked word, the same on all pages that were "
    "saved together. The live page has another word there, so never use it in a selector; go by what stands around "
    'it, as in [id^="user-"], or by role and place.',
    "n1, n2 …: a masked number. 00000000-0000-4000-8000-…: a masked GUID.",
    "Words that begin with x: a masked text, about as long as the real one; xa or XA: a text of up to three letters, "
    "such as initials. 0000: digits. … alone: a sign. Names of apps and documented labels are real.",
    "person1@contoso.com: a masked address or user name, contoso: the tenant, domain1, host1, tenant1: others; path1, "
    "value1: parts of addresses. Hosts of Microsoft and documented paths are real.",
    "data-captured-src was src on the live page, data-captured-href was href, and so on: renamed, so that nothing "
    "loads. A plain picture has the natural size of the real one (above 128 pixels rounded to 16, but for the usual "
    "sizes); width and height in style are what the page gave it, rounded.",
    "data-captured-hidden, data-captured-clicked and data-captured-found are troubleshooter's own, and on no live "
    "page: why nobody sees an element (no: it is seen, within one that is not), what was clicked and in which order, "
    "what was found by structure.",
)
"""One rule each."""
