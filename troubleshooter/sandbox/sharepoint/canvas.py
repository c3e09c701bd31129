"""Builds what a page says about its own web parts: the data of CanvasContent1 and LayoutWebpartsContent."""

from dataclasses import replace

from troubleshooter.sandbox.people import SUBJECT, Person
from troubleshooter.sandbox.sharepoint.odata import Value
from troubleshooter.sandbox.site_content import PeoplePart, SitePage, upn
from troubleshooter.sandbox.state import State

PEOPLE_PART = "7f718435-ee4d-431c-bdbf-9c4ff326f46e"
TITLE_PART = "cbe7b0a9-3504-44dd-a3a3-0e5cacd07788"
TEXT_CONTROL, WEB_PART_CONTROL = 4, 3


def members(state: State, part: PeoplePart) -> list[Person]:
    """Return the people in a People web part."""
    everybody = [_behind(state, on_page(state, alias)) for alias in part.persons]
    return [person for person in everybody if not (state.flags.subject_left_out and person.upn == state.subject)]


def author(state: State, page: SitePage) -> Person | None:
    """Return the author in the byline."""
    if not page.author or (state.flags.subject_left_out and on_page(state, page.author).upn == state.subject):
        return None
    return _behind(state, on_page(state, page.author))


def on_page(state: State, alias: str) -> Person:
    """Return the person whom the pages mean by this alias; a subject other than the default swaps places with it."""
    name = upn(alias)
    swapped = {SUBJECT: state.subject, state.subject: SUBJECT}
    return state.people[swapped.get(name, name)]


def _behind(state: State, person: Person) -> Person:
    """Return the person behind a name: somebody else where the page's author picked the wrong account."""
    if person.upn != state.subject or not state.flags.wrong_account:
        return person
    other = state.people[state.flags.wrong_account]
    return replace(other, first=person.first, last=person.last, display=person.display, role=person.role)


def controls(state: State, page: SitePage) -> list[dict[str, Value]]:
    """Return the page's CanvasContent1."""
    found: list[dict[str, Value]] = []
    for number, part in enumerate(page.parts):
        position: Value = {"zoneIndex": number + 1, "sectionIndex": 1, "controlIndex": 1, "layoutIndex": 1}
        common: dict[str, Value] = {"id": page.instance(number), "position": position}
        if isinstance(part, PeoplePart):
            data = _people(page.instance(number), part, members(state, part))
            found.append(common | {"controlType": WEB_PART_CONTROL, "webPartId": PEOPLE_PART, "webPartData": data})
        else:
            found.append(common | {"controlType": TEXT_CONTROL, "innerHTML": f"<h2>{part.heading}</h2>"})
    return found


def title_region(state: State, page: SitePage) -> dict[str, Value]:
    """Return the page's LayoutWebpartsContent: its title and byline."""
    person = author(state, page)
    authors: list[Value] = []
    if person:
        authors.append({"id": person.account, "upn": person.upn, "email": state.mail_of(person), "name": person.name})
    byline: list[Value] = [person.account] if person else []
    properties: Value = {
        "title": page.title,
        "imageSourceType": 4,
        "layoutType": "NoImage",
        "showPublishDate": True,
        "authors": authors,
        "authorByline": byline,
    }
    return {
        "id": TITLE_PART,
        "instanceId": TITLE_PART,
        "title": "Title Region",
        "dataVersion": "1.4",
        "properties": properties,
        "serverProcessedContent": {"searchablePlainTexts": {"title": page.title}},
    }


def _people(instance: str, part: PeoplePart, persons: list[Person]) -> dict[str, Value]:
    entries: list[Value] = [_entry(person, number) for number, person in enumerate(persons)]
    texts: dict[str, Value] = {"title": ""}
    for number, person in enumerate(persons):
        texts |= {f"persons[{number}].name": person.name, f"persons[{number}].email": person.mail}
    return {
        "id": PEOPLE_PART,
        "instanceId": instance,
        "title": "People",
        "description": "",
        "dataVersion": "1.4",
        "properties": {"layout": part.layout, "persons": entries},
        "serverProcessedContent": {"htmlStrings": {}, "searchablePlainTexts": texts, "imageSources": {}, "links": {}},
    }


def _entry(person: Person, number: int) -> Value:
    entry: dict[str, Value] = {
        # Both spellings of the id occur.
        "id": person.upn if number % 3 == 2 else person.account,
        "upn": person.upn,
        "role": person.role,
        "firstName": person.first,
        "lastName": person.last,
        "department": person.department,
        "phone": "",
        "sip": person.upn,
    }
    return entry | ({"email": person.mail, "aadObjectId": person.object_id} if number % 2 else {})
