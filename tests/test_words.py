"""The texts that people read avoid words that sound translated, or that readers misunderstood."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from babel.messages.pofile import read_po

from .locale.extraction import ROOT, texts

ENGLISH = {
    r"photo than|picture than": "different … from",
    r"\bas the run’s manifest says\b": "do not match the run's manifest",
    r"\bonce more\b|\banew\b": "again",
    r"\bmend(s|ed)?\b": "fix",
    r"\bheld against\b": "compared with",
    r"\btold (from|by)\b": "distinguished from, recognized by",
    r"\bin vain\b": "without result",
    r"\bcome to rest\b": "settle",
    r"(?<!There )\bis no (user|time|proxy|folder|text|path|file|picture|secret)\b": "is not a valid …",
    r"\ballowed: (a|an|the|to|without|together|leave|set) ": "expected …",
    r"\b(couldn't|could not|cannot) look\b": "could not check",
    r"\ba look(?!-alike)\b|\blook again\b": "check, check again",
    r"\bConsistent with\b": "Possible",
    r"\bthe own photo\b": "the user's own photo",
    r"\bthose who maintain\b": "whoever maintains",
    r"\{(count|sites|total)\} (sites|pages|of its People web parts)\b": "a plural form, or “pages: {count}”",
    r"\bdifferent [0-9.]+ limit\b": "different (…; same is below …)",
    r"\bNo to staying\b": "“No” at “Stay signed in?”",
    r"\ba stub\b": "an incomplete profile",
    r"\blist of of\b|\bthe the\b|\bof of\b": "one of the two words",
}
"""What the product's texts must not say in English, with what to say instead."""

ROMANIAN = {
    r"\blui \{": "utilizatorului {name}",
    r"\bciot\b": "profil incomplet",
    r"\bcercul\b|\bcercuri\b": "fotografia rotundă",
    r"\bfiș(ă|a|ele)\b": "card",
    r"\bpriv(iți|it|ește|esc)\b": "uitați-vă la, verificați",
    r"\bdala\b|\bdalei\b": "pictograma, contul din listă",
    r"\bnu poate fi deosebit": "nu se poate stabili",
    r"Se potrivește cu:": "Indiciile sunt compatibile cu:",
    r"rețea\w* de livrare": "rețeaua de distribuire (CDN)",
    r"\bpune la loc\b": "suprascrie",
    r"\bnu a dat\b": "nu a returnat",
    r"(?<!de )\bstarea \d|\(stare HTTP": "cod de stare HTTP",
    r"\ba cerut (o pauză|încetinirea)": "a limitat numărul de cereri",
    r"\bindicatorul stă\b": "țineți cursorul mouse-ului deasupra",
    r"^Cererea\b": "Citirea",
    r"^efectuat\b": "gata",
    r"\brămânerea conectat": "„Rămâneți conectat?”",
    r"\bparola, în schimb\b|\bomiterea pentru moment\b": "conectarea cu parolă, „Omiteți deocamdată”",
    r"\bConectarea (nu poate|a refuzat|cere)\b": "la conectare …",
    r"\bmai aproape\b": "mai strâns",
    r"\d %|\} %": "procentul fără spațiu",
    r"încredere (mare|medie|mică)\b": "ridicat, mediu, scăzut",
    r"\bgazd[ăae]\b|\bgazdei\b": "server, domeniu",
    r"\btenantului\b|\btenantul\b|\bacestui tenant\b|fișier\w* de tenant": "organizație; (tenant)",
    r"\bcrawl": "indexare",
    r"\btimpul nu ajută\b": "așteptarea nu rezolvă problema",
    r"\bnumește\b": "indică, afișează",
    r"\bvizitați-l\b": "deschideți-l",
    r"\bdefect(ă|e)?\b": "care nu se încarcă",
    r"\breproiectat|\bghicit": "aspectul s-a schimbat; presupuneri",
    r"\bculcat": "pe o parte",
    r"\bun moment al imaginii\b": "o dată a imaginii",
    r"\brularea\b|\brulări\b|\bAceastă rulare\b|\baltă rulare\b": "verificarea",
    r"\bsubstituent": "imaginea implicită (silueta)",
    r"\bdosar": "folder",
    r"\boaspete\b": "invitat",
    r"\bîn zadar\b|\bliniștirea\b|\brepetiție\b": "fără rezultat; se stabilizează; simulare",
    r"\bDurată\b": "Timp de așteptare",
    r"\bo dată SharePoint\b": "o singură dată",
}
"""What the Romanian texts must not say, with what to say instead."""

DOCUMENTS = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]


def _found(avoided: Mapping[str, str], said: Iterable[tuple[str, str]]) -> list[str]:
    """Return a line for each text that contains a wording to avoid: where, the text, and what to say instead."""
    patterns = [(re.compile(words), better) for words, better in avoided.items()]
    return [
        f"{where}: {text[max(0, match.start() - 40) : match.end() + 40]!r}: say {better!r}"
        for where, text in said
        for words, better in patterns
        for match in words.finditer(text)
    ]


def _english() -> Iterator[tuple[str, str]]:
    """Yield each text of the product, where it is, and the documents."""
    yield from ((where, text) for text, where in texts().items())
    yield from ((where, text) for where, text in _printed())
    for document in DOCUMENTS:
        yield document.name, document.read_text(encoding="utf-8")


def _printed() -> Iterator[tuple[str, str]]:
    """Yield the texts that the command line prints: help, errors and what it says."""
    for package in ("troubleshooter", "scenarios", "pytest_troubleshooter"):
        for file in sorted((ROOT / package).rglob("*.py")):
            where = file.relative_to(ROOT)
            tree = ast.parse(file.read_text(encoding="utf-8"))
            docstrings = {
                id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and "cli" not in where.parts
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                    yield f"{where.as_posix()}:{node.lineno}", node.value


def test_no_english_text_has_words_that_sound_translated():
    """The product's texts and documents do not contain wordings that native speakers stumbled over."""
    assert [] == _found(ENGLISH, _english())


def test_no_romanian_text_has_words_that_sound_translated():
    """The Romanian texts do not contain wordings that native speakers stumbled over."""
    with (ROOT / "troubleshooter" / "locale" / "ro.po").open("rb") as file:
        entries = [entry.string for entry in read_po(file, locale="ro") if entry.id]
    said = [form for entry in entries for form in ((entry,) if isinstance(entry, str) else entry)]
    assert len(said) > 1000
    assert [] == _found(ROMANIAN, (("ro.po", form) for form in said))


def test_a_cause_begins_in_lower_case_after_the_colon():
    """The Romanian title of a cause is written so that it can follow “Cauza cea mai probabilă: ”."""
    from troubleshooter.diagnose.causes import CAUSES  # noqa: PLC0415
    from troubleshooter.locale import catalogue  # noqa: PLC0415

    titles = [catalogue("ro").say(cause.title) for cause in CAUSES.values()]
    assert [] == [title for title in titles if title[0].isupper() and not title.startswith(("SharePoint", "Outlook"))]


def test_apostrophes_are_typographic():
    """A reader sees one kind of apostrophe; quotes around values that are copied, as in TOML, stay straight."""
    assert [] == [f"{where}: {text}" for text, where in texts().items() if re.search(r"[A-Za-z}]'[a-z]|s' ", text)]


def test_the_search_for_words_finds_them():
    """The search finds a word in a help text, in a message and in a document."""
    places = {where.partition(":")[0] for where, _ in _english()}
    assert {"README.md", "troubleshooter/run/request.py", "troubleshooter/diagnose/causes.py"} <= places
    assert Path("troubleshooter/cli/run.py").as_posix() in places


def test_the_avoided_wordings_are_found_where_they_occur():
    """Each list catches the sentence that a reader stumbled over, and leaves the better one alone."""
    assert 1 == len(_found(ENGLISH, [("x", "SharePoint shows another photo than Microsoft 365.")]))
    assert [] == _found(ENGLISH, [("x", "SharePoint and Microsoft 365 show different photos.")])
    assert 1 == len(_found(ROMANIAN, [("x", "Fotografia nouă a lui {name}")]))
    assert [] == _found(ROMANIAN, [("x", "Fotografia nouă a utilizatorului {name}")])
