"""The kinds of attributes that HTML, ARIA and SVG define: what their values are."""

from __future__ import annotations

from troubleshooter.capture.word_list import words

IDENTIFIERS = words("""
    id class name for form list headers slot part exportparts is itemprop rel aria-controls aria-labelledby
    aria-describedby aria-owns aria-activedescendant aria-details aria-errormessage aria-flowto popovertarget
    popovertargetaction commandfor command usemap itemtype property http-equiv target formtarget inputmode
    enterkeyhint autocomplete accept as kind media accept-charset enctype method formmethod formenctype loading
    decoding fetchpriority crossorigin referrerpolicy preload sizes scope shape wrap preserveaspectratio
    xml:space fill-rule clip-rule focusable align valign charset
""")
"""Attributes that consist of identifiers, of a closed list of words, or of both."""

STATES = words("""
    role type dir hidden disabled checked selected readonly required multiple open contenteditable draggable
    spellcheck translate inert popover novalidate reversed muted controls loop playsinline nomodule async defer
    itemscope default ismap nowrap aria-expanded aria-haspopup aria-hidden aria-selected aria-checked
    aria-pressed aria-busy aria-disabled aria-modal aria-live aria-atomic aria-current aria-invalid
    aria-required aria-multiselectable aria-multiline aria-orientation aria-readonly aria-sort aria-relevant
    aria-autocomplete aria-grabbed aria-dropeffect
""")

NUMBERS = words("""
    tabindex width height colspan rowspan span size maxlength minlength cols rows border cellpadding cellspacing
    start step min max x y rx ry r cx cy x1 x2 y1 y2 aria-level aria-posinset aria-setsize aria-colcount aria-rowcount
    aria-colindex aria-rowindex aria-colspan aria-rowspan
""")

LINKS = frozenset({"href", "action", "formaction", "cite", "xlink:href"})
"""Attributes with an address that nothing is loaded from by itself, on elements that lead somewhere."""

SOURCES = words("""
    src poster background data manifest longdesc icon profile codebase
""")

GONE = words("""
    style srcdoc integrity nonce csp sandbox allow autofocus autoplay ping xmlns content
""")
"""Attributes that are dropped, or that are rewritten."""

LANGUAGES = frozenset({"lang", "hreflang", "srclang", "xml:lang"})
LEADING = frozenset({"a", "area", "form", "button", "input", "blockquote", "q", "del", "ins"})
"""Elements that lead somewhere: an address on them loads nothing until it is followed."""
