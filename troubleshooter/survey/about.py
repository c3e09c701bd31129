"""What a survey's file says of itself, and how its pages are read."""

from __future__ import annotations

from textwrap import fill

from troubleshooter.capture.legend import LEGEND


def _wrapped(line: str) -> str:
    return fill(line, 114, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


ABOUT = f"""A survey of the pages of Microsoft 365 in one tenant, without its people.

troubleshooter visited these pages as one account, looked, and changed nothing; as after any visit, SharePoint
may have renewed its copy of that account's photo. Nobody could look at these pages before: the product's locators come
from collected facts, and the facts list what they leave open. The answers are below.

What is in this file
  index.html       the same as this text, with links
  answers.json     the answers as data
  pages/*.html     each page as it was: elements, ids, classes, roles, attributes, sizes, cleaned addresses of requests.
                   It opens in any browser, runs nothing and loads nothing
  pages/*.txt      an outline of each page: one element a line, nested as on the page, with a legend at its top
  log.txt          phases and times

How to read a page
  Whatever is not known to be structure is replaced, the same by the same on all pages. Kept are the names of apps,
  documented ids and labels, and the words of which ids, classes and attributes are made.
{"".join(f"  - {line}{chr(10)}" for line in map(_wrapped, LEGEND))}
  In an outline, "<== home.account-button" marks the element that the product's locator of that id matches, "around"
  it what would be pressed, "(clicked 1)" what was clicked; `troubleshooter locators` lists the ids. "(not shown)" marks
  what nobody sees, with the reason.

What is not in it
  Names, addresses, user names, the tenant's name and hosts, tokens, pictures, ids of people or of the directory.
"""
