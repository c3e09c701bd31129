"""The people in a page's web parts are read from the page's own data, however it is nested, and never guessed."""

import html
import json

import pytest

from troubleshooter.identity.match import Member, PersonCard, Subject, sort_cards
from troubleshooter.pages.canvas import WebPart, people_in
from troubleshooter.surfaces.page_byline import TITLE
from troubleshooter.surfaces.people_web_part import PEOPLE

INSTANCE = "5c7c2d6a-1111-4222-8333-9AAAAAAAAAAA"
ANA = {
    "id": "i:0#.f|membership|Ana@Contoso.com",
    "upn": "Ana@Contoso.com",
    "role": "Sales",
    "firstName": "",
    "sip": "",
    "email": "a.ionescu@contoso.com",
    "aadObjectId": "0f4c1f6e-0000-4000-8000-00000000000a",
}
MEMBER = Member("ana@contoso.com", "a.ionescu@contoso.com", "0f4c1f6e-0000-4000-8000-00000000000a")
RADU = Member("radu@contoso.com")


def data(people, *, layout: object = 1, part: str = PEOPLE, key: str = "persons", texts: object = None) -> dict:
    return {
        "id": part,
        "instanceId": INSTANCE,
        "title": "People",
        "dataVersion": "1.4",
        "properties": {"layout": layout, key: people},
        "serverProcessedContent": {"searchablePlainTexts": texts or {"title": "Team"}},
    }


def control(web_part: dict) -> dict:
    return {"controlType": 3, "id": INSTANCE, "webPartId": web_part["id"], "webPartData": web_part, "position": {}}


def found(*members: Member, kind: str = PEOPLE) -> list[WebPart]:
    return [WebPart(kind, INSTANCE.lower(), members)]


def as_json(web_part: dict) -> str:
    return json.dumps([{"controlType": 0, "pageSettingsSlice": {}}, control(web_part)])


def as_html(web_part: dict, quote: str = '"') -> str:
    text = html.escape(json.dumps(web_part))
    slot = html.escape(json.dumps({"controlType": 3, "id": INSTANCE, "webPartId": web_part["id"]}))
    return (
        f'<div><div data-sp-canvascontrol="" data-sp-controldata={quote}{slot}{quote}>'
        f'<div data-sp-webpart="" data-sp-webpartdata={quote}{text}{quote}>'
        f'<div data-sp-componentid="">x</div><div data-sp-prop-name="persons[0].email">a</div></div></div></div>'
    )


WRAPPINGS = {
    "array": as_json,
    "one web part": json.dumps,
    "verbose": lambda part: json.dumps({"d": {"results": [{"CanvasContent1": [control(part)]}]}}),
    "deep": lambda part: json.dumps({"sections": [{"columns": [{"webparts": [part]}]}]}),
    "attributes": as_html,
    "attributes in single quotes": lambda part: as_html(part, "'"),
    "space around": lambda part: f"\n {as_json(part)} \n",
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_people_are_found_in_each_wrapping(name):
    """A JSON array, verbose OData and HTML attributes give the same people."""
    assert found(MEMBER, RADU) == people_in(WRAPPINGS[name](data([ANA, {"upn": "radu@contoso.com"}])))


@pytest.mark.parametrize("layout", [1, 2, 3, 99, "Descriptive", None])
def test_any_layout_is_read(layout):
    """Every layout, even an unknown one, gives the same people."""
    assert found(MEMBER) == people_in(as_json(data([ANA], layout=layout)))


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (ANA, MEMBER),
        ({"id": "i:0#.f|membership|ana@contoso.com"}, Member("ana@contoso.com")),
        ({"id": "ana@contoso.com"}, Member("ana@contoso.com")),
        ({"id": "7", "upn": "ANA@contoso.com"}, Member("ana@contoso.com")),
        ({"upn": "", "email": "A@Contoso.com"}, Member("a@contoso.com", "a@contoso.com")),
        ({"upn": None, "sip": "a@contoso.com"}, Member("a@contoso.com", "a@contoso.com")),
        ({"upn": "ana@contoso.com", "sip": "s@contoso.com"}, Member("ana@contoso.com", "s@contoso.com")),
        ("ana@contoso.com", Member("ana@contoso.com")),
        ("i:0#.f|membership|ana@contoso.com", Member("ana@contoso.com")),
    ],
)
def test_a_person_is_read_from_what_there_is(person, expected):
    """A person is read from the UPN, or else from the ID, mail or chat address; a plain text is an account, too."""
    assert found(expected) == people_in(as_json(data([person])))


@pytest.mark.parametrize("key", ["authors", "authorByline"])
def test_the_byline_is_read(key):
    """The title region's authors are read from objects or from plain accounts."""
    assert found(MEMBER, kind=TITLE) == people_in(as_json(data([ANA], part=TITLE, key=key)))
    bare = as_json(data(["i:0#.f|membership|radu@contoso.com"], part=TITLE, key=key))
    assert found(RADU, kind=TITLE) == people_in(bare)


@pytest.mark.parametrize("wrap", [as_json, as_html])
def test_ids_are_compared_without_case(wrap):
    """A web part is found with its id in capitals, and both ids are returned in lower case."""
    assert found(MEMBER) == people_in(wrap(data([ANA], part=PEOPLE.upper())))


def test_every_web_part_is_found_in_order():
    """Several web parts are returned in the order of the page, each with its own people."""
    second = {**data(["radu@contoso.com"]), "instanceId": "B"}
    text = json.dumps([control(data([ANA])), control(second), control(data([], part=TITLE, key="authors"))])
    expected = [*found(MEMBER), WebPart(PEOPLE, "b", (RADU,)), *found(kind=TITLE)]
    assert expected == people_in(text)


def test_broken_attributes_hide_no_others():
    """An attribute with broken JSON leaves the others readable."""
    text = f"<div data-sp-webpartdata=\"{{&quot;id&quot;:\"></div>{as_html(data([ANA]))}<i data-sp-controldata=''></i>"
    assert found(MEMBER) == people_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        "null",
        "7",
        '"text"',
        "[]",
        "{}",
        "<div>no data</div>",
        as_json(data([ANA], part="00000000-0000-0000-0000-000000000000")),
        json.dumps({"id": PEOPLE}),
        json.dumps({"id": PEOPLE, "properties": "none"}),
        json.dumps({"id": None, "webPartId": None}),
    ],
)
def test_where_there_are_no_people_there_are_none(text):
    """Broken, empty or unrelated data gives no web part."""
    assert [] == people_in(text)


@pytest.mark.parametrize("people", [[], None, {}, [None, 7, []], 7, True, "ana@contoso.com"])
def test_people_of_another_shape_are_nobody(people):
    """A malformed list of people gives nobody and raises no error."""
    assert [()] == [part.members for part in people_in(as_json(data(people)))]


def test_a_person_without_an_address_still_has_a_place():
    """A person without an address still counts, so data with three people is not evidence for a page with two cards."""
    parts = people_in(as_json(data([{"id": "", "role": "left"}, "ana@contoso.com", "radu@contoso.com"])))
    assert [] == sort_cards([PersonCard(), PersonCard()], Subject("ana@contoso.com"), parts[0].members).mine


BESIDE = {
    "persons[0].name": "Ana Popescu",
    "persons[0].email": "a.ionescu@contoso.com",
    "persons[1].name": "Radu Pop",
    "persons[2].email": 7,
}
LISTED = [{"key": key, "value": text} for key, text in BESIDE.items()]


@pytest.mark.parametrize("texts", [BESIDE, [7, *LISTED]], ids=["canvas", "Graph"])
def test_names_and_mail_addresses_may_stand_beside_the_people(texts):
    """What SharePoint keeps beside the entries counts where an entry does not say it."""
    people = ["ana@contoso.com", {"upn": "radu@contoso.com", "email": "r@contoso.com", "name": "R. Pop"}, "mia@x.com"]
    (part,) = people_in(as_json(data(people, texts=texts)))
    assert [("a.ionescu@contoso.com", "Ana Popescu"), ("r@contoso.com", "R. Pop"), ("", "")] == [
        (member.email, member.name) for member in part.members
    ]


def test_a_name_may_be_in_two_fields():
    """First and last name make the name if both are there."""
    two = [{"id": "a@x.com", "firstName": "Ana", "lastName": "Pop"}, {"id": "b@x.com", "firstName": "Bo"}]
    (part,) = people_in(as_json(data(two)))
    assert ["Ana Pop", ""] == [member.name for member in part.members]


@pytest.mark.parametrize(
    ("shown", "mine"),
    [
        (["Ana Popescu", "Radu Pop"], [(0, "canvas-data")]),
        (["Radu Pop", "Ana Popescu"], []),
    ],
    ids=["in the data's order", "in another order"],
)
def test_cards_in_another_order_than_the_data_are_not_told_by_their_position(shown, mine):
    """A colleague's photo is not taken for the user's, whose name nothing but the data says."""
    (part,) = people_in(as_json(data(["ana@contoso.com", "radu@contoso.com"], texts=BESIDE)))
    cards = [PersonCard("blob:https://contoso.sharepoint.com/1", (), name) for name in shown]
    found_ = sort_cards(cards, Subject("ana@contoso.com"), part.members)
    assert mine == found_.mine
    assert bool(mine) or 1 in found_.unknown


def test_a_card_with_the_mail_address_beside_the_data_is_the_users():
    """A mail address that only stands beside the user's entry names the user on a card."""
    (part,) = people_in(as_json(data(["ana@contoso.com"], texts=BESIDE)))
    card = PersonCard("blob:x", ("mailto:a.ionescu@contoso.com",))
    assert [(0, "mail-link")] == sort_cards([card, PersonCard()], Subject("ana@contoso.com"), part.members).mine
