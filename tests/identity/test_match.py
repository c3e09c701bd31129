"""An avatar's owner is decided by the strongest evidence; a name alone can only rule somebody out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troubleshooter.identity.match import (
    Member,
    PersonCard,
    SortedCards,
    Subject,
    contains_name,
    is_name,
    linked_accounts,
    sort_cards,
)

ANA_ID, RADU_ID = "0f4c1f6e-0000-4000-8000-00000000000a", "0f4c1f6e-0000-4000-8000-00000000000b"
WHO = Subject("ana@contoso.com", frozenset({"a.ionescu@contoso.com"}), frozenset({"Ana Ionescu"}))
ANA = Member("ana@contoso.com", "a.ionescu@contoso.com", ANA_ID)
RADU = Member("radu@contoso.com", "r.pop@contoso.com", RADU_ID)
MIA = Member("mia@contoso.com")
PHOTO = "https://contoso.sharepoint.com/_layouts/15/userphoto.aspx?size=M&accountname="
LOKI = "https://eur.loki.delve.office.com/api/v2/personaphoto?aadObjectId="
THUMB = "https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/"


def photo_of(upn: str, **more) -> PersonCard:
    return PersonCard(f"{PHOTO}{upn}", **more)


def mailed(upn: str, **more) -> PersonCard:
    return PersonCard("data:image/png;base64,AA", (f"mailto:{upn}",), **more)


def places(found: SortedCards) -> dict[str, list]:
    return {
        "mine": found.mine,
        "others": found.others,
        "unknown": found.unknown,
        "contradictory": found.contradictory,
    }


MINE = {
    "UPN in the address": (photo_of("ana@contoso.com"), "photo-address"),
    "UPN in capitals": (photo_of("ANA@Contoso.com"), "photo-address"),
    "claim in the address": (photo_of("i%3A0%23.f%7Cmembership%7Cana%40contoso.com"), "photo-address"),
    "alias in the address": (photo_of("a.ionescu@contoso.com"), "photo-address"),
    "Graph address": (
        PersonCard("https://graph.microsoft.com/v1.0/users/ana@contoso.com/photo/$value"),
        "photo-address",
    ),
    "thumbnail named after her": (PersonCard(f"{THUMB}ana_contoso_com_MThumb.jpg"), "photo-address"),
    "mail link": (mailed("ana@contoso.com"), "mail-link"),
    "mail link in capitals": (PersonCard("", ("MAILTO:Ana@Contoso.COM",)), "mail-link"),
    "mail link with a subject": (PersonCard("", ("mailto:ana@contoso.com?subject=Hi",)), "mail-link"),
    "chat link": (PersonCard("", ("sip:ana@contoso.com",)), "mail-link"),
    "chat link in a link": (PersonCard("", ("im:sip:ana@contoso.com",)), "mail-link"),
    "alias in a link": (mailed("a.ionescu@contoso.com"), "mail-link"),
    "address before link": (photo_of("ana@contoso.com", links=("mailto:ana@contoso.com",)), "photo-address"),
}
"""Cards that prove their owner by themselves, and the kind of evidence."""


@pytest.mark.parametrize("name", MINE)
def test_a_card_that_proves_whose_it_is(name):
    """Each kind of evidence alone proves that a card is the subject's and not a colleague's."""
    card, how = MINE[name]
    assert {"mine": [(0, how)], "others": [], "unknown": [], "contradictory": []} == places(sort_cards([card], WHO))
    assert [] == sort_cards([card], Subject("radu@contoso.com")).mine


@pytest.mark.parametrize(
    "card",
    [
        photo_of("radu@contoso.com"),
        photo_of("radu@contoso.com", text="Ana Ionescu"),
        mailed("radu@contoso.com"),
        mailed("radu@contoso.com", text="Ana Ionescu"),
        photo_of("ana@fabrikam.com"),
        photo_of("ana@contoso.com.example"),
    ],
)
def test_a_card_that_proves_to_be_another_persons(card):
    """Evidence for somebody else outweighs the subject's name on the card."""
    assert {"mine": [], "others": [0], "unknown": [], "contradictory": []} == places(sort_cards([card], WHO))


def test_an_object_id_is_looked_up_in_the_pages_data():
    """A directory ID in a photo URL identifies whoever has it in the page's data, in upper or lower case."""
    cards = [PersonCard(LOKI + RADU_ID), PersonCard(LOKI + ANA_ID.upper()), PersonCard(LOKI + ANA_ID)]
    found = sort_cards(cards, WHO, (ANA, RADU))
    assert {"mine": [(1, "photo-address"), (2, "photo-address")], "others": [0]} == {
        "mine": found.mine,
        "others": found.others,
    }


def test_an_object_id_alone_proves_nothing():
    """A directory ID identifies nobody without the page's data."""
    assert [0] == sort_cards([PersonCard(LOKI + ANA_ID)], WHO).unknown


@pytest.mark.parametrize(
    ("card", "members"),
    [
        (photo_of("ana@contoso.com", links=("mailto:radu@contoso.com",)), (RADU, MIA)),
        (photo_of("radu@contoso.com", links=("mailto:ana@contoso.com",)), ()),
        (photo_of("radu@contoso.com", links=("mailto:ana@contoso.com",)), (ANA, RADU)),
        (PersonCard("", ("mailto:ana@contoso.com", "sip:radu@contoso.com")), (ANA, RADU)),
    ],
)
def test_evidence_of_two_people_is_a_contradiction(card, members):
    """A card with evidence for two people is contradictory, so nobody is identified."""
    assert {"mine": [], "others": [], "unknown": [], "contradictory": [0]} == places(sort_cards([card], WHO, members))


def test_somebody_elses_card_with_the_subjects_picture_is_a_contradiction():
    """Another name, together with page data that lacks the subject, contradicts the account in the photo URL."""
    card = photo_of("ana@contoso.com", text="Radu Popa")
    assert [0] == sort_cards([card], WHO, (RADU,)).contradictory
    assert [(0, "photo-address")] == sort_cards([card], WHO, (ANA,)).mine
    assert [(0, "photo-address")] == sort_cards([photo_of("ana@contoso.com", text="Ana Ionescu")], WHO, (RADU,)).mine


def test_an_unheard_of_address_may_be_the_subjects_other():
    """An unknown mail address next to the subject's photo URL is taken for another address of the subject."""
    card = photo_of("ana@contoso.com", links=("mailto:ana.maria@contoso.com",))
    assert [(0, "photo-address")] == sort_cards([card], WHO).mine


TO_ANA = "mailto:ana@contoso.com"


@pytest.mark.parametrize(
    ("card", "members", "expected"),
    [
        (mailed("ana@contoso.com", text="Radu Pop"), (), "unknown"),
        (mailed("ana@contoso.com", text="Ana Ionescu says", label="Radu Pop"), (), "unknown"),
        (mailed("ana@contoso.com", text="Team lead", label="Ana Ionescu"), (), "mine"),
        (mailed("ana@contoso.com", text="Ana Ionescu"), (), "mine"),
        (mailed("ana@contoso.com"), (), "mine"),
        (photo_of("radu@contoso.com", links=(TO_ANA,), text="Radu Pop"), (), "others"),
        (photo_of("radu@contoso.com", links=(TO_ANA,), text="Ana Ionescu"), (), "contradictory"),
        (PersonCard("", (TO_ANA, "mailto:radu@contoso.com"), "Radu Pop"), (), "others"),
        (mailed("ana@contoso.com", text="Radu Pop"), (RADU,), "others"),
        (photo_of("ana@contoso.com", text="Radu Pop"), (), "mine"),
    ],
    ids=[
        "another name",
        "another label",
        "the user's label",
        "the user's name",
        "no name",
        "another's photo and name",
        "another's photo",
        "another's link and name",
        "another name, another's place in the page's data",
        "the user's photo",
    ],
)
def test_a_link_on_a_card_that_is_called_otherwise(card, members, expected):
    """A link to the subject proves nothing on a card with another name, such as that of a colleague she assists."""
    found = sort_cards([card], WHO, members)
    assert [expected] == [kind for kind in ("mine", "others", "unknown", "contradictory") if getattr(found, kind)]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("likes this", "Ana Ionescu", "unknown"),
        ("Ana Ionescu", "Profile picture", "unknown"),
        ("", "Ana Ionescu", "unknown"),
        ("likes this", "Radu Pop", "others"),
        ("Radu Pop", "", "others"),
        ("", "Radu Pop", "others"),
    ],
)
def test_a_name_rules_out_only_if_the_label_does(text, label, expected):
    """A card whose picture is labelled with the subject's name may be the subject's, whatever stands beside it."""
    found = sort_cards([PersonCard(text=text, label=label)], WHO)
    assert [expected] == [kind for kind in ("mine", "others", "unknown", "contradictory") if getattr(found, kind)]


def test_the_pages_data_teaches_the_subjects_other_address():
    """A mail link identifies the subject if the page's data assigns its address to the subject's UPN."""
    card = mailed("a.ionescu@contoso.com")
    assert [(0, "mail-link")] == sort_cards([card], Subject("ana@contoso.com"), (ANA, RADU)).mine
    assert [0] == sort_cards([card], Subject("ana@contoso.com"), (RADU, MIA)).others


@pytest.mark.parametrize(
    ("cards", "members", "expected"),
    [
        (2, (RADU, ANA), [(1, "canvas-data")]),
        (2, (ANA, RADU), [(0, "canvas-data")]),
        (1, (ANA,), [(0, "canvas-data")]),
        (2, (ANA,), []),
        (1, (ANA, RADU), []),
        (3, (ANA, RADU), []),
        (2, (), []),
        (2, (RADU, MIA), []),
    ],
)
def test_canvas_data_counts_only_in_the_same_number(cards, members, expected):
    """The page's data identifies cards without other evidence only if it lists as many people as there are cards."""
    assert expected == sort_cards([PersonCard()] * cards, WHO, members).mine


def test_the_cards_that_canvas_data_does_not_speak_for_are_unknown():
    """If the data does not list as many people as there are cards, the owner of a card without evidence is unknown."""
    assert [0, 1] == sort_cards([PersonCard(), PersonCard()], WHO, (ANA,)).unknown


@pytest.mark.parametrize("contradiction", [mailed("radu@contoso.com"), photo_of("radu@contoso.com")])
def test_canvas_data_is_dropped_when_a_card_contradicts_its_order(contradiction):
    """If a card contradicts the page's data at its position, the order of the data is ignored."""
    assert [(1, "canvas-data")] == sort_cards([contradiction, PersonCard()], WHO, (RADU, ANA)).mine
    found = sort_cards([contradiction, PersonCard()], WHO, (ANA, RADU))
    assert ([], [0], [1]) == (found.mine, found.others, found.unknown)


def test_an_address_outweighs_canvas_data():
    """A card's own evidence takes precedence over the page's data, which still identifies the cards without any."""
    found = sort_cards([photo_of("ana@contoso.com"), PersonCard(), PersonCard()], WHO, (ANA, RADU, ANA))
    assert ([(0, "photo-address"), (2, "canvas-data")], [1]) == (found.mine, found.others)


def test_an_object_id_of_nobody_in_the_data_is_not_given_by_place():
    """A directory ID in a photo URL that differs from the one at that position in the data contradicts the data."""
    stranger = "0f4c1f6e-0000-4000-8000-0000000000ff"
    assert [] == sort_cards([PersonCard(LOKI + stranger), PersonCard(LOKI + RADU_ID)], WHO, (ANA, RADU)).mine


def test_an_object_id_that_may_be_the_subjects_rules_nothing_out():
    """If the data lists the subject without a directory ID, a card with an unknown ID may be the subject's."""
    found = sort_cards([PersonCard(LOKI + ANA_ID)], WHO, (Member("ana@contoso.com"), RADU))
    assert {"mine": [], "others": [], "unknown": [0], "contradictory": []} == places(found)


def test_a_name_rules_out_what_canvas_data_gives():
    """A card that shows another name is not the subject's, whatever the order of the page's data says."""
    cards = [PersonCard(text="Radu Pop"), PersonCard(text="Ana Ionescu")]
    assert 0 not in [index for index, _ in sort_cards(cards, WHO, (ANA, RADU)).mine]


def with_name(member: Member, name: str) -> Member:
    return Member(member.upn, member.email, member.object_id, (("name", name),))


NAMED = (with_name(ANA, "Ana Ionescu"), with_name(RADU, "Radu Pop"), with_name(MIA, "Mia Toma"))


@pytest.mark.parametrize(
    ("texts", "mine", "unknown"),
    [
        (("Ana Ionescu", "Radu Pop", "Mia Toma"), [(0, "canvas-data")], []),
        (("Ana Ionescu", "", "Mia Toma"), [(0, "canvas-data")], []),
        (("Ana Ionescu", "Mia Toma", "Radu Pop"), [], [0]),
        (("Mia Toma", "Radu Pop", "Ana Ionescu"), [], [2]),
        (("", "Mia Toma", "Radu Pop"), [], [0]),
        (("Somebody Else", "Radu Pop", "Mia Toma"), [], []),
    ],
    ids=["in order", "one nameless", "others swapped", "reversed", "swapped, mine nameless", "mine has another name"],
)
def test_a_position_counts_only_if_no_name_contradicts_it(texts, mine, unknown):
    """If names show that the cards are in another order than the data, positions say nothing; nobody is mixed up."""
    found = sort_cards([PersonCard(text=text) for text in texts], WHO, NAMED)
    assert (mine, unknown, [], []) == (found.mine, found.unknown, found.contradictory, found.namesakes)


@pytest.mark.parametrize(
    ("names", "mine", "unknown"),
    [
        (("Ana Ionescu", "Ana Ionescu", "Mia Toma"), [], [0, 1]),
        (("Ana Ionescu", "ANA IONESCU", "Mia Toma"), [], [0, 1]),
        (("Ana Ionescu", "Radu Pop", "Radu Pop"), [(0, "canvas-data")], []),
        (("", "", "Mia Toma"), [(0, "canvas-data")], []),
    ],
    ids=["a namesake", "a namesake in capitals", "others are namesakes", "the data names neither"],
)
def test_a_position_does_not_tell_namesakes_apart(names, mine, unknown):
    """Cards of people with one name may stand in another order than the data, and nobody could see it by the names."""
    members = [with_name(member, name) for member, name in zip((ANA, RADU, MIA), names, strict=True)]
    found = sort_cards([PersonCard(text=name) for name in names], WHO, members)
    assert (mine, unknown) == (found.mine, found.unknown)


@pytest.mark.parametrize("members", [(RADU,), (ANA,)], ids=["somebody else's", "the subject's"])
def test_a_position_makes_no_namesake(members):
    """Where only its position says that a card with the subject's name is another account's, nothing is known of it."""
    found = sort_cards([PersonCard(text="Ana Ionescu")], WHO, members)
    known = [] if members == (RADU,) else [(0, "canvas-data")]
    assert (known, [] if known else [0], []) == (found.mine, found.unknown, found.namesakes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Ana Ionescu", True), ("IONESCU, Ana", True), ("Ana Ionescu and her team", False), ("Ana", False), ("", False)],
)
def test_a_text_is_a_name_if_it_says_nothing_else(text, expected):
    """Order, case and accents do not matter; a word more or less does."""
    assert expected is is_name(text, "Ana Ionescu")


@pytest.mark.parametrize(
    ("text", "names", "may_be"),
    [
        ("Ana Ionescu", {"Ana Ionescu"}, True),
        ("Ionescu, Ana", {"Ana Ionescu"}, True),
        ("ANA IONESCU\nHead of Sales", {"Ana Ionescu"}, True),
        ("Stefan Ţurcanu", {"Ștefan Turcanu"}, True),
        ("Ana-Maria Ionescu", {"Ana Ionescu"}, True),
        ("Ana I.", {"Ana Ionescu", "Ana I."}, True),
        ("", {"Ana Ionescu"}, True),
        ("…", {"Ana Ionescu"}, True),
        ("Radu Pop", set(), True),
        ("Radu Pop", {"Ana Ionescu"}, False),
        ("Ana Pop", {"Ana Ionescu"}, False),
        ("Anastasia Ionescu", {"Ana Ionescu"}, False),
        ("山田太郎", {"山田 太郎"}, True),
        ("営業部 山田 太郎", {"山田太郎"}, True),
        ("山田花子", {"山田 太郎"}, False),
    ],
)
def test_a_name_only_rules_out(text, names, may_be):
    """A card is never the subject's by its name alone; another name makes it somebody else's."""
    found = sort_cards([PersonCard(text=text)], Subject("ana@contoso.com", names=frozenset(names)))
    expected = {"mine": [], "others": [] if may_be else [0], "unknown": [0] if may_be else [], "contradictory": []}
    assert expected == places(found)


def test_namesakes_are_distinguished_by_evidence_alone():
    """Among cards with the same name, the subject's link makes a card hers, and another account's link does not."""
    cards = [mailed(upn, text="Ana Ionescu") for upn in ("ana@contoso.com", "ana2@contoso.com")]
    found = sort_cards([*cards, PersonCard(text="Ana Ionescu")], WHO)
    assert ([(0, "mail-link")], [1], [2]) == (found.mine, found.others, found.unknown)


def test_the_subject_may_be_on_a_page_twice():
    """Every card with evidence for the subject is hers, even if there are several on a page."""
    found = sort_cards([photo_of("ana@contoso.com"), photo_of("radu@contoso.com"), mailed("ana@contoso.com")], WHO)
    assert ([(0, "photo-address"), (2, "mail-link")], [1]) == (found.mine, found.others)


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        (("mailto:Ana@Contoso.com",), ["ana@contoso.com"]),
        (("sip:ana@contoso.com", "sips:radu@contoso.com"), ["ana@contoso.com", "radu@contoso.com"]),
        (("im:ana@contoso.com",), ["ana@contoso.com"]),
        (("IM:SIP:ana@contoso.com",), ["ana@contoso.com"]),
        (("mailto:ana@contoso.com?body=mailto:radu@contoso.com",), ["ana@contoso.com"]),
        (("mailto:",), []),
        (("mailto:ana",), []),
        (("mailto:?to=ana@contoso.com",), []),
        (("https://contoso.com/mailto:ana@contoso.com",), []),
        (("tel:+40700000000", ""), []),
        ((), []),
    ],
)
def test_accounts_in_links(links, expected):
    """Mail, chat and call links contain an account; other links contain none."""
    assert expected == linked_accounts(links)


def test_addresses_are_in_lower_case():
    """The addresses of the subject and of a page's members are converted to lower case."""
    assert (
        frozenset({"ana@contoso.com", "a@contoso.com"})
        == Subject("Ana@Contoso.com", frozenset({"a@contoso.com"})).addresses
    )
    assert frozenset({"ana@contoso.com", "b@contoso.com"}) == Member("ANA@contoso.com", "B@Contoso.com").addresses


def test_a_namesake_is_reported_as_somebody_else():
    """Another account's card with the subject's name is reported as a namesake; one with another name is not."""
    cards = [
        PersonCard(PHOTO + "radu@contoso.com", (), "Ana Ionescu"),
        PersonCard(PHOTO + "radu@contoso.com", (), "Radu Pop"),
    ]
    found = sort_cards(cards, WHO)
    assert ([0, 1], [(0, "radu@contoso.com")]) == (found.others, found.namesakes)
    assert [] == sort_cards(cards, Subject("ana@contoso.com")).namesakes  # the subject's name is unknown


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Ana Ionescu", "Radu Pop", False),
        ("Ana Ionescu", "Ana Ionescu", True),
        ("Ana Ionescu", "IONESCU, Ána (Sales)", True),
        ("Radu Pop, assistant of Ana Ionescu", "Radu Pop", True),
    ],
)
def test_the_name_on_a_card(text, name, expected):
    """A card shows a name if one contains all words of the other."""
    assert expected == contains_name(text, name)


SOME_CARDS = st.lists(
    st.builds(
        PersonCard,
        st.sampled_from(
            ["", PHOTO, PHOTO + "ana@contoso.com", PHOTO + "radu@contoso.com", LOKI + ANA_ID, LOKI + RADU_ID]
        ),
        st.lists(st.sampled_from(["mailto:ana@contoso.com", "sip:radu@contoso.com", "mailto:x"]), max_size=2).map(
            tuple
        ),
        st.sampled_from(["", "Ana Ionescu", "Radu Pop"]),
    ),
    max_size=4,
)


@settings(deadline=None, derandomize=True)
@given(SOME_CARDS, st.lists(st.sampled_from([ANA, RADU, MIA]), max_size=4))
def test_every_card_is_sorted_once(cards, members):
    """On any page, each card ends up in exactly one group, and none is the subject's without evidence."""
    found = sort_cards(cards, WHO, members)
    placed = [*(index for index, _ in found.mine), *found.others, *found.unknown, *found.contradictory]
    assert list(range(len(cards))) == sorted(placed)
    for index, how in found.mine:
        card = cards[index]
        named = {"photo-address": card.url, "mail-link": " ".join(card.links), "canvas-data": ANA.upn}[how]
        assert "ana@contoso.com" in named or ANA_ID in named
