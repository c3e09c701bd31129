"""The Romanian catalog translates every text in the package."""

import re
from datetime import UTC, datetime

import pytest
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from troubleshooter.locale import LANGUAGES, Catalogue, catalogue, fill, previous_wordings
from troubleshooter.model.message import Message, message

from .extraction import PLACE, ROOT, plain_words, texts

MOMENT = datetime(2026, 11, 22, 10, 41, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    with (ROOT / "troubleshooter" / "locale" / "ro.po").open("rb") as file:
        return [entry for entry in read_po(file, locale="ro") if entry.id and not entry.fuzzy]


@pytest.fixture(scope="module")
def romanian(entries) -> dict[str, str]:
    """Return each text with its translation, including all plural forms."""
    return {text: " ".join(forms(entry.string)) for entry in entries for text in forms(entry.id)}


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_every_text_has_its_romanian(romanian):
    """A text without a translation is listed, ready to be pasted into the catalog."""
    missing = {text: where for text, where in texts().items() if not romanian.get(text)}
    stubs = [f'#: {where}\nmsgid "{_escaped(text)}"\nmsgstr ""' for text, where in missing.items()]
    assert not stubs, f"{len(stubs)} texts lack their Romanian (locale/ro.po):\n\n" + "\n\n".join(stubs)


def test_no_translation_stands_twice():
    """Text begins on the line of `msgstr` or on the next; on both, an old translation was left over."""
    catalog = (ROOT / "troubleshooter" / "locale" / "ro.po").read_text(encoding="utf-8")
    assert [] == re.findall(r'^msgstr ".+"\n"', catalog, re.MULTILINE)


def test_the_sources_are_searched():
    """Texts are found in the code, in the sentences of records and in the templates."""
    found = texts()
    assert found["the account panel"].startswith("troubleshooter/report/surface_texts.py")
    assert "{name}’s photo is in sync" in found
    assert found["Compare any two"].startswith("troubleshooter/report/templates/")


def test_placeholders_are_kept(romanian):
    """A translation has exactly the placeholders of its English text."""
    differ = {text: said for text, said in romanian.items() if set(PLACE.findall(text)) != set(PLACE.findall(said))}
    assert differ == {}


def test_no_translation_is_left_over(romanian):
    """The catalog contains no text that the package no longer uses."""
    assert set() == set(romanian) - set(texts())


def test_earlier_wordings_keep_their_translation(entries):
    """An earlier English wording, which stored records may contain, is translated like the current one."""
    earlier = {wording: entry for entry in entries for wording in previous_wordings(entry)}
    assert earlier
    assert set() == set(earlier) & set(texts())
    for wording, entry in earlier.items():
        assert set(PLACE.findall(wording)) == set(PLACE.findall(str(entry.id)))
        assert catalogue("ro").gettext(wording) == entry.string
        assert catalogue("en").gettext(wording) == wording


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["1 area", "2 areas", "20 areas"]),
        ("ro", ["1 zonă acoperită", "2 zone acoperite", "20 de zone acoperite"]),
    ],
)
def test_each_language_has_its_plural_forms(lang, expected):
    """English has two plural forms and Romanian three."""
    said = catalogue(lang)
    singular = "{count} area hidden because it shows another person"
    plural = "{count} areas hidden because they show other people"
    shown = [fill(said.ngettext(singular, plural, count), {"count": str(count)}) for count in (1, 2, 20)]
    assert all(text.startswith(form) for text, form in zip(shown, expected, strict=True))


def test_romanian_is_written_with_commas_below(romanian):
    """Romanian texts contain commas below instead of cedillas, and no straight quotation marks."""
    assert [said for said in romanian.values() if re.search('[şţŞŢ]|"', said)] == []


def test_a_message_is_translated_with_its_arguments():
    """Arguments replace their placeholders; those that are texts themselves are translated."""
    said = message("{place}: {kind}", place="the account panel", kind="initials")
    assert catalogue("ro").say(said) == "panoul contului: inițiale"
    assert catalogue("en").say(said) == "the account panel: initials"


def test_a_sentence_without_a_template_stays():
    """A message without a template, as in old records, is translated only if its whole text is in the catalog."""
    assert catalogue("ro").say(Message(text="Nobody knows {this}.")) == "Nobody knows {this}."
    assert catalogue("ro").say(Message(text="the user")) == "utilizatorul"


def test_an_argument_cannot_reach_into_the_program():
    """Placeholders are plain names without attribute access, and one without an argument stays visible."""
    said = Message(text="", template="{a.__class__} {b} {{c}} {d}", args={"a": "1", "b": "{d}"})
    assert catalogue("en").say(said) == "{a.__class__} {d} {c} {d}"


def test_times_in_sentences_are_written_as_the_language_does():
    """A time in a message's arguments is formatted for the language."""
    said = message("at {time}", time="2026-11-22T10:41:00Z")
    assert catalogue("en").say(said) == "at 22 Nov 2026, 10:41 UTC"
    assert catalogue("ro").say(said) == "at 22 nov. 2026, 10:41 UTC"


def test_right_to_left_text_is_isolated():
    """A name in Hebrew does not reorder the sentence around it."""
    assert catalogue("en").say(message("{name} has no photo", name="שלום")) == "\u2068שלום\u2069 has no photo"


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["22 Nov 2026, 10:41:05 UTC", "0.07", "2.9 s", "1 min 12 s", "25 h 3 min", "1,280 × 800 px"]),
        ("ro", ["22 nov. 2026, 10:41:05 UTC", "0,07", "2,9 s", "1 min 12 s", "25 h 3 min", "1.280 × 800 px"]),
    ],
)
def test_dates_numbers_and_spans(lang, expected):
    """Dates, numbers, durations and sizes are formatted for each language."""
    said: Catalogue = catalogue(lang)
    spans = [said.duration(span) for span in (2.9, 72.2, 25 * 3600 + 180)]
    shown = [said.moment(MOMENT, seconds=True), said.number(0.07), *spans, said.size((1280, 800))]
    assert [text.replace("\u00a0", " ") for text in shown] == expected


def test_an_unknown_language_is_named():
    """The error about an unknown language lists the available ones."""
    with pytest.raises(ValueError, match=r"'xx'; there are en, ro"):
        catalogue("xx")


def test_every_language_has_its_catalogue():
    """Each language has a catalog that can be read."""
    assert [catalogue(lang).lang for lang in LANGUAGES] == ["en", "ro"]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def test_a_message_within_a_message_is_translated_as_well():
    """What was not found, and why a second sign-in failed, are sentences of their own, also with their own values."""
    what = message("The account button of SharePoint")
    missing = message("{what} was not found on the page.", what=what)
    assert "The account button of SharePoint was not found on the page." == missing.text
    assert "Pe pagină nu s-a găsit: butonul contului din SharePoint." == catalogue("ro").say(missing)
    refused = message("{host} refused the connection.", host="a.example")
    lost = message("The session was lost, and signing in again failed: {why} ({code})", why=refused, code="X1")
    said = catalogue("ro").say(Message.model_validate_json(lost.model_dump_json()))
    assert "Sesiunea s-a pierdut, iar reconectarea nu a reușit: a.example a refuzat conexiunea. (X1)" == said


def test_no_message_has_words_as_plain_arguments():
    """An argument is a name, an address or a number; words are a message themselves, so that they are translated."""
    found = {f"{where}: {words}" for where, words in plain_words()}
    assert set() == found
