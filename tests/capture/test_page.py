"""What stays of a page and what is replaced, without a browser: from the plain data of a snapshot."""

from __future__ import annotations

import html
import json
import re

import pytest
import soupsieve
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from support import planted
from support.made_to_match import written_for

from troubleshooter.capture.legend import LEGEND
from troubleshooter.capture.marks import marks_in
from troubleshooter.capture.page import MARK_LOCATOR, About, is_saved_page, replaced, replaced_together
from troubleshooter.capture.stand_ins import stand_ins
from troubleshooter.capture.vocabulary import CODE_WORDS, WORDS
from troubleshooter.steps.kept_marks import KNOWN
from troubleshooter.steps.locator_catalogue import CATALOGUE

FABRIKAM = "https://fabrikam.sharepoint.com"
PROPERTIES = "/_api/SP.UserProfiles.PeopleManager/GetPropertiesFor(accountName=@v)"
OWN = stand_ins(FABRIKAM, "https://fabrikam-my.sharepoint.com")


def saved(*parts: object, account: str = "mia.kahn@fabrikam.example", **fields: object) -> str:
    """Return the page made of `parts`, as it is saved."""
    about = About("other", "1.0", "2026-11-26", OWN, (account,), KNOWN)
    return replaced(about, json.dumps({"url": f"{FABRIKAM}/x", **fields, "parts": list(parts)}))


def element(tag: str, /, *inner: object, **attributes: str) -> list[object]:
    """Return the parts of an element; `data_x` is the attribute `data-x`."""
    return [{"t": tag, "a": [[name.replace("_", "-"), value] for name, value in attributes.items()]}, *inner, 0]


def attribute(name: str, value: str, tag: str = "a") -> str:
    """Return what an attribute with `value` becomes; `-` if it is gone."""
    found = re.search(rf'<{tag}[^>]* {name}="([^"]*)"', saved(*element(tag, **{name: value})))
    return html.unescape(found[1]) if found else "-"


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("PersonaCardContainer", "PersonaCardContainer"),
        ("ms-Persona--size48", "ms-Persona--size48"),
        ("spPageCanvasContent", "spPageCanvasContent"),
        ("lpc-react-target-12", "lpc-react-target-12"),
        ("data-sp-a11y-id", "data-sp-a11y-id"),
        ("user-popescu-card", "user-w1-card"),
        ("miaKahnPageHeader", "w1W2PageHeader".replace("W", "w")),
        ("row-471108151", "row-n1"),
        ("40-721-555", "n1-n2-n3"),
        ("f1c21dwh", "w1"),
        ("card-qe4daf7fb", "card-w1"),
        ("w3-button", "w1-button"),
        ("n2-button", "w1-button"),
        ("sandboxProfileCard", "sandboxProfileCard"),
        ("idDiv_SAOTCC_Resend", "idDiv_SAOTCC_Resend"),
        ("mectrl_pane", "mectrl_pane"),
        ("searchableplaintext", "w1"),
        ("panel_b7c2f0a4-91de-4c55-8a37-6f0de41b9d13", "panel_00000000-0000-4000-8000-000000000001"),
        ("7f718435-ee4d-431c-bdbf-9c4ff326f46e", "7f718435-ee4d-431c-bdbf-9c4ff326f46e"),
        ("fabrikam-header", "w1-header"),
        ("Größe", "w1"),
    ],
)
def test_identifiers(value: str, becomes: str):
    """Words of the trade, short numbers and documented names stay; the rest is replaced where it stands."""
    assert becomes == attribute("id", value)


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("data-opens", "data-opens"),
        ("data-sp-searchableplaintext", "data-sp-searchableplaintext"),
        ("data-sp-htmlproperties", "data-sp-htmlproperties"),
        ("data-popescu", "data-w1"),
        ("data-searchablepopescu", "data-w1"),
        ("data-fabrikam-opens", "data-w1-opens"),
        ("data-f1c21dwh", "data-w1"),
    ],
)
def test_names_of_attributes(name: str, becomes: str):
    """They are code, so that words of code stay, also several in one; a name or a token in them is replaced."""
    assert f"<i {becomes}>" in saved(*element("i", **{name: ""}))


def test_an_id_that_is_made_of_a_heading_is_replaced():
    """Words that stand in a heading, a title or the page's address are not kept, but for those that the facts have."""
    link = element("i", id="dispatch-plans-header")
    heading = element("h2", "Dispatch plans")
    assert 'id="dispatch-plans-header"' in saved(*link)
    assert 'id="w1-w2-header"' in saved(*link, *heading)
    assert 'id="w1-w2-header"' in saved(*link, *element("div", "Dispatch plans", role="heading"))
    assert 'id="w1-w2-header"' in saved(*link, url=f"{FABRIKAM}/SitePages/DispatchPlans.aspx")
    assert "<i data-dispatch>" in saved(*element("i", data_dispatch=""), *heading)


@pytest.mark.parametrize(
    ("name", "value", "becomes"),
    [
        ("data-sp-prop-name", "persons[0].email", r"persons\[0\]\.email"),
        ("data-sp-prop-name", "title", "title"),
        ("data-sp-prop-name", "kahn[0].mia", r"w1\[0\]\.w2"),
        ("data-sp-prop-name", "Mia Kahn", r"X\w+ X\w+"),
        ("data-user", "persons[0].name", r"persons\[0\]\.name"),
        ("data-user", "mia[0].name", r"x\w+ \w+ \w+"),
        ("data-user", "media.manager", r"x\w+ \w+"),
        ("data-user", "true", "true"),
        ("data-user", "page", r"x\w+"),
    ],
)
def test_where_in_the_data_something_is(name: str, value: str, becomes: str):
    """Paths of properties and states stay, whatever the attribute is called; a name in them does not."""
    assert re.fullmatch(becomes, attribute(name, value))


def test_small_numbers_that_say_where_something_is_stay():
    """The positions and kinds of a page's parts are kept; ages, phones and large numbers are not."""
    data = {"position": {"controlIndex": 2, "zoneIndex": 1.5}, "layoutType": 4, "age": 47, "zoneOrder": 471108151}
    kept = json.loads(attribute("data-sp-controldata", json.dumps(data)))
    assert ({"controlIndex": 2, "zoneIndex": 1.5}, 4, 0) == (kept["position"], kept["layoutType"], kept["zoneOrder"])
    assert 47 not in kept.values()


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        (
            f"{FABRIKAM}/sites/layoffs/SitePages/Plan.aspx",
            "https://contoso.sharepoint.com/sites/path2/SitePages/path3.aspx",
        ),
        ("https://fabrikam-my.sharepoint.com/personal/mia_kahn", "https://contoso-my.sharepoint.com/personal/path2"),
        ("https://fabrikam-admin.sharepoint.com/", "https://contoso-admin.sharepoint.com/"),
        ("https://other.sharepoint.com/teams", "https://tenant1.sharepoint.com/teams"),
        ("https://intranet.fabrikam.example/a?fabrikam=c", "https://host1.example/path2?w1=value1"),
        (
            "/_layouts/15/userphoto.aspx?size=M&accountname=mia.kahn%40fabrikam.example",
            "/_layouts/15/userphoto.aspx?size=M&accountname=person1@contoso.com",
        ),
        (
            "https://m365.cloud.microsoft/launch/sharepoint?auth=2&login_hint=bo@else.example",
            "https://m365.cloud.microsoft/launch/sharepoint?auth=2&login_hint=person1@domain1.example",
        ),
        ("mailto:mia.kahn@fabrikam.example?subject=Hi", "mailto:person1@contoso.com"),
        ("javascript:alert('Mia')", "#"),
        ("#mia", "#w1"),
        ("https://www.office.com/chat/file/Dispatch-plans.docx", "https://www.office.com/chat/file/w1-w2.docx"),
        ("#dispatch-plans", "#w1-w2"),
        (
            f"{PROPERTIES}?@v='i:0%23.f|membership|mia.kahn@fabrikam.example'",
            f"{PROPERTIES}?@v=i%3A0%23.f%7Cmembership%7Cperson1@contoso.com",
        ),
    ],
)
def test_addresses(value: str, becomes: str):
    """The shape stays, with Microsoft's own hosts and paths; the tenant, its sites, pages and people are replaced."""
    assert becomes == attribute("href", value)


def test_the_same_is_replaced_by_the_same():
    """A name, an address and a GUID that stand at several places become the same at all of them."""
    page = saved(
        *element("b", "Mia Kahn"),
        *element("i", "Opens card for Mia Kahn", title="mia.kahn@fabrikam.example"),
        *element("a", "MIA.KAHN@fabrikam.example", aria_label="Picture of Mia Kahn, Sales"),
    )
    name = re.search("<b>(.*?)</b>", page)
    assert name
    assert f"Opens card for {name[1]}</i>" in page
    assert re.search(rf'aria-label="X\w+ \w+ {name[1]}', page)
    assert 2 == page.count("person1@contoso.com")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("SharePoint", "SharePoint"),
        ("Word", "Word"),
        ("Account manager for Mia Kahn", r"Account manager for X\w+ X\w+"),
        ("✕", "✕"),
        ("\ue700", "\ue700"),
        ("AADSTS50126: Mia", r"AADSTS50126.*(?<!Mia)"),
        ("+40 721 555 019", "0000"),
        ("🇷🇴", "…"),
        ("MK", "X[A-Z]"),
        ("Mo", "X[a-z]"),
        ("no", "x[a-z]"),
        ("S", "X[A-Z]"),
        ("Ion", "X[a-z]{2}"),
        ("Word from Mia", r"X\w+ \w+ \w+"),
        ("Close deal with Mia", r"X\w+ \w+ \w+ \w+"),
        ("SharePoint will be opened in new tab", "SharePoint will be opened in new tab"),
    ],
)
def test_texts(text: str, becomes: str):
    """Apps, documented labels, codes and signs stay; every other text is replaced."""
    found = re.search("<b>(.*?)</b>", saved(*element("b", text)))
    assert found
    assert re.fullmatch(becomes, found[1])


def test_apps_whose_names_are_words_stay_in_sentences_about_apps():
    """`Word` in a label stays where the same sentence stands around `SharePoint`, as it does in a launcher."""
    page = saved(*element("i", aria_label="Open SharePoint here"), *element("b", aria_label="Open Word here"))
    assert re.search(r'<b aria-label="X\w+ Word x\w+"', page)


LOCATORS = [(definition.id, selector) for definition in CATALOGUE.values() for selector in definition.all]


@pytest.mark.parametrize(("name", "selector"), LOCATORS, ids=[f"{name}: {selector}" for name, selector in LOCATORS])
def test_what_a_locator_finds_it_finds_in_a_saved_page(name: str, selector: str):
    """An element that a selector of the catalogue matches is matched after the page was saved; nothing else is."""
    page = BeautifulSoup(saved(*written_for(selector)), "html.parser")
    assert soupsieve.select(selector, page)
    assert not soupsieve.select(selector, BeautifulSoup(saved(*element("p", "Mia Kahn")), "html.parser"))


def test_the_values_that_a_locator_goes_by_are_read_from_it():
    """Ids, classes, attributes and their values are marks; labels are labels; addresses are neither."""
    marks = marks_in(['a.x-y[href*="/apps"] > [data-tid="a b"]:not(#i0, .z [q])', '[aria-label^="Work account"]'])
    assert (marks.identifiers, marks.labels) == ({"x-y", "data-tid", "a b", "i0", "z", "q"}, ("Work account",))


def test_a_saved_page_says_what_it_is():
    """Its beginning says so to people and to programs, with kind of page, language, version and day, and no tenant."""
    page = saved({"t": "html", "a": [["lang", "ro-RO"]]}, {"t": "head", "a": []}, 0, 0)
    assert is_saved_page(page.encode())
    assert 'content="kind=other; language=ro-RO; version=1.0; date=2026-11-26"' in page
    assert "fabrikam" not in page


def test_pages_that_are_saved_together_have_the_same_for_the_same():
    """A name, an address, an id and a token have one replacement on all of them, whichever page shows it first."""
    about = About("home", "1.0", "2026-11-26", OWN, ("mia.kahn@fabrikam.example",), KNOWN)
    one = [*element("b", "Bo Li"), *element("i", id="quokka-card", title="bo@else.example")]
    two = [*element("b", "Mia Kahn"), *element("i", id="wombat-card", title="ann@else.example")]
    pages = [json.dumps({"parts": parts}) for parts in ([*one, *two], [*two, *one])]
    first, second = replaced_together([(about, page) for page in pages])
    assert sorted(re.findall(r"<(?:b|i [^>]*)>[^<]*", first)) == sorted(re.findall(r"<(?:b|i [^>]*)>[^<]*", second))
    assert "w1-card" in first
    assert "w2-card" in first


def test_the_words_of_a_name_on_one_page_are_replaced_on_all():
    """An address on one page says which words of an id on another are somebody's name."""
    about = About("home", "1.0", "2026-11-26", OWN, (), KNOWN)
    pages = [element("i", id="page-clicked-card"), element("b", "paige.clicked@else.example")]
    first, _ = replaced_together([(about, json.dumps({"parts": parts})) for parts in pages])
    assert 'id="page-w1-card"' in first


def test_a_saved_page_explains_itself():
    """Its head says what each kind of replacement is, that a masked word is for no selector, and what was renamed."""
    page = saved({"t": "html", "a": []}, {"t": "head", "a": []}, 0, 0)
    legend = page[page.index("<!-- How to read it") : page.index("-->", page.index("<!-- How to read it"))]
    for said in (
        "w1",
        "n1",
        "x",
        "0000",
        "person1@",
        "path1",
        "never use it in a selector",
        "data-captured-src was src",
    ):
        assert said in legend
    assert "natural size" in legend
    assert all("--" not in line for line in LEGEND)


def test_what_the_product_noted_is_told_apart_from_the_page():
    """Why an element is not seen, what was clicked and found is noted in attributes of its own; nothing else is."""
    noted = {"t": "b", "a": [], "h": "off-screen", "c": 2, "m": "waffle"}
    page = saved(noted, 0, {"t": "i", "a": [], "h": "Mia", "c": "Mia", "m": "Mia"}, 0, {"t": "u", "a": [], "c": 100}, 0)
    attributes = 'data-captured-hidden="off-screen" data-captured-clicked="2" data-captured-found="home.waffle"'
    assert f"<b {attributes}></b><i></i><u></u>" in page
    assert "<i>" in saved(*element("i", data_captured_found="home.waffle"))  # the page's own


def test_nothing_that_was_typed_at_sign_in_is_in_its_pages():
    """On other pages something stands for it; on those of sign-in the fields are empty."""
    field = {"t": "input", "a": [["type", "email"]], "v": "mia.kahn@fabrikam.example"}
    for kind, typed in (("other", True), ("sign-in", False), ("sign-in-2", False)):
        about = About(kind, "1.0", "2026-11-26", OWN, (), KNOWN)
        assert typed == ("value=" in replaced(about, json.dumps({"parts": [field, 0]})))


def test_a_saved_page_says_which_locators_found_something():
    """The head has a line for each, and the file is still known as a saved page."""
    about = About("home", "1.0", "2026-11-26", OWN, locators=('home.all-apps: a[href$="/apps"]: 1 found, 1 visible',))
    page = replaced(about, json.dumps({"parts": [{"t": "html", "a": []}, {"t": "head", "a": []}, 0, 0]}))
    said = BeautifulSoup(page, "html.parser").select(f'meta[name="{MARK_LOCATOR}"]')
    assert [about.locators[0]] == [meta["content"] for meta in said]
    assert is_saved_page(page.encode())


def test_lengths_of_texts_are_not_told():
    """Texts of four, five and six letters, or of ten and fourteen words, are replaced by texts of one length."""
    for texts in (["abcde", "abcdef", "abcdefg"], [" ".join(["abcd"] * count) for count in (10, 12, 14)]):
        assert 1 == len({len(re.findall("<b>(.*?)</b>", saved(*element("b", text)))[0].split()) for text in texts})


def test_pictures_are_plain_and_of_the_same_size():
    """A picture of a standard size keeps it; one of a size of its own, which could tell it, is rounded."""
    for natural, told in (([240, 240], "'240' height='240'"), ([1247, 931], "'1232' height='928'")):
        page = saved({"t": "img", "a": [["src", "/faces/mia.png"], ["srcset", "/mia.png 2x"]], "p": natural}, 0)
        assert f"width={told}" in html.unescape(page)
        assert "mia" not in page


_NAMES = st.sampled_from(
    [
        "id",
        "class",
        "title",
        "role",
        "data-x",
        "data-tid",
        "data-sp-prop-name",
        "data-opens",
        "data-user",
        "href",
        "src",
        "name",
        "lang",
        "style",
        "for",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    value=st.lists(st.sampled_from((*planted._PLANTED, "page", "header", " ", "-", "/", "?", "%", "@")), max_size=6),
    name=_NAMES,
    tag=st.sampled_from(["a", "div", "img", "input", "meta", "svg", "quokkason-card", "script"]),
)
def test_no_value_survives_whatever_it_is_joined_with(value: list[str], name: str, tag: str):
    """Values joined with one another and with words that stay are found nowhere in the file."""
    text = "".join(value)
    page = saved({"t": tag, "a": [[name, text], [f"data-{text[:40]}", text]], "v": text}, text, 0, account=planted.UPN)
    assert set() == planted.found_in(page.encode())


def test_words_that_stay_are_no_names():
    """No common given name or surname, of any country, is among the words that identifiers keep."""
    names = """
        ana maria ion andrei elena anna john james mary bill mark jack rose grace peter paul smith jones brown miller
        will may june april august drew dean reed chase hunter mason carter cooper baker taylor fisher king knight
        victor frank grant ruby amber violet olive ivy daisy joy hope faith summer autumn dawn penny sandy rusty
        mihai radu ioana stefan popescu ionescu dan rusu badea lars hansen amara okafor wei li wang kim lee park
        sato tanaka nguyen tran garcia lopez rossi ricci muller schmidt weber becker novak kowalski ivanov priya nair
    """
    assert set() == (WORDS | CODE_WORDS) & set(names.split())


def test_what_is_no_snapshot_is_an_empty_page():
    """Data in the wrong form, which a page's own scripts could return, is left out."""
    for data in (
        [],
        {"parts": [1, {"t": 5}, None, True, {"t": "b", "a": [["x"], 3], "s": [], "b": ["a", 1]}, 0, 0, 2]},
    ):
        assert "5" not in replaced(About("other", "", "", OWN), json.dumps(data)).replace("utf-8", "")


def test_a_sign_in_page_says_which_page_it_is_and_what_went_wrong():
    """Page id, error code and the kinds of second factors stay, so that the screen can be added; nothing else does."""
    given_ = {"pgid": "ConvergedNew", "iErrorCode": "50058", "authMethodId": "PhoneAppOTP", "hpgid": planted.TOKEN}
    page = saved({"t": "html", "a": []}, {"t": "head", "a": []}, 0, 0, settings=[*map(list, given_.items())])
    said = dict(re.findall(r'"troubleshooter-setting-(\w+)" content="([^"]*)"', page))
    assert ("ConvergedNew", "50058", "PhoneAppOTP") == (said["pgid"], said["iErrorCode"], said["authMethodId"])
    assert planted.TOKEN not in said["hpgid"]
