"""Puts what was found into plain data: what answers.json contains, and the pages beside it show."""

from __future__ import annotations

import re
from collections.abc import Mapping

from troubleshooter.browser.executable import BROWSERS
from troubleshooter.model.locators import LocatorMatch
from troubleshooter.steps.page_locators import SelectorSeen
from troubleshooter.survey.findings import NOT_REACHED, VISITED, Findings, PlaceSeen
from troubleshooter.survey.places import PLACE_OF
from troubleshooter.survey.questions import QUESTIONS
from troubleshooter.survey.vocabulary import safe

SCHEMA = 1


def result(findings: Findings, *, version: str, date: str) -> dict[str, object]:
    """Return everything that a survey found, in words that the product defines.

    Args:
        version: the product's.
        date: the day, and no time of day.
    """
    return {
        "schema": SCHEMA,
        "product": version,
        "date": date,
        "playwright": findings.versions.get("playwright", ""),
        "browser": _browser(findings.versions.get("browser", "")),
        "whose photo was checked": "a colleague's" if findings.colleague else "the account's own",
        "places": [
            {
                "id": place.id,
                "title": place.title,
                "outcome": place.outcome,
                "seconds": round(place.seconds, 1),
                "pages": [f"pages/{name}.html" for name in place.pages],
                "locators": [_match(match, _seen_at(findings, place)) for match in place.locators],
            }
            for place in findings.places.values()
        ],
        "answers": [_answer(findings, question) for question in QUESTIONS],
        "marks": {
            name: {mark: {"found": seen.count, "visible": seen.visible} for mark, seen in page.marks.items()}
            for name, page in findings.pages.items()
        },
        "locators": {name: [_seen(row) for row in page.locators] for name, page in findings.pages.items()},
    }


def _browser(text: str) -> str:
    """Return name and version of the browser; a name of its own, which a company may have given it, is left out."""
    name, _, number = text.rpartition(" ")
    return f"{name if name in BROWSERS else 'other'} {re.sub(r'[^0-9.]', '', number)}"


def _match(match: LocatorMatch, seen: frozenset[str]) -> dict[str, object]:
    """Return how the product found something; what matched anything on the pages of the place was not missed."""
    missed = [selector for selector in match.missed if selector not in seen]
    row = {"id": match.id, "by": match.by.value, "selector": match.selector}
    return {name: safe(value) for name, value in {**row, "also": list(match.also), "missed": missed}.items()}


def _seen_at(findings: Findings, place: PlaceSeen) -> frozenset[str]:
    """Return every selector that matches something on the saved pages of a place."""
    pages = [findings.pages[name] for name in place.pages if name in findings.pages]
    return frozenset(row.selector for page in pages for row in page.locators if row.selector)


def _seen(row: SelectorSeen) -> dict[str, object]:
    """Return a selector that matches something on a page, with how many elements; of a repair only that it is one."""
    said = {"id": row.locator, "by": row.by.value, "selector": row.selector, "found": row.found, "visible": row.visible}
    return {name: safe(value) for name, value in said.items()}


def _details(details: Mapping[str, object]) -> dict[str, object]:
    """Return what else an answer says, without what is empty."""
    return {name: safe(value) for name, value in details.items() if value is not None and value not in ("", [], {})}


def _answer(findings: Findings, question: str) -> dict[str, object]:
    asked = QUESTIONS[question]
    row: dict[str, object] = {"id": question, "question": asked.asks, "fact": asked.fact}
    answer = findings.answers.get(question)
    if answer is None or answer.value is None:
        details = _details(answer.details) if answer else {}
        return {**row, "answer": None, "not seen": _why_not(findings, question), "details": details}
    place = findings.places[answer.place]
    details = _details(answer.details)
    at_sign_in = question.startswith("sign-in.")
    pages = [f"pages/{name}.html" for name in place.pages if name.startswith("sign-in") == at_sign_in]
    return {**row, "answer": safe(answer.value), "details": details, "seen at": place.id, "pages": pages}


def _why_not(findings: Findings, question: str) -> str:
    if question == "profile.colleague" and not findings.colleague:
        return "only the account's own photo was asked for; --subject names a colleague"
    if question in findings.answers:
        return "it was asked for, and there was no usable response"
    place = findings.places.get(PLACE_OF.get(question, PLACE_OF[question.partition(".")[0]]))
    outcome = place.outcome if place else NOT_REACHED
    return "the place was looked at, and this was not there" if outcome == VISITED else outcome
