"""`troubleshooter compare` as other programs see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter
from typer.testing import CliRunner

from troubleshooter.cli import app

SEED = 20261122


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Return a folder with two 240 px photos, 96 px and 10 px copies of the first, and a file that is not a picture."""
    for index, name in enumerate(("one.png", "two.png")):
        noise = Image.effect_noise((240, 240), 90).convert("RGB") if index else Image.new("RGB", (240, 240), "#8fa")
        pen = ImageDraw.Draw(noise)
        for n in range(14):
            x, y = (SEED * (n + 1) * (index + 3)) % 200, (SEED * (n + 7) * (index + 5)) % 200
            pen.ellipse((x, y, x + 60, y + 60), fill=((n * 53) % 256, (n * 97 + 80 * index) % 256, (n * 29) % 256))
        noise.filter(ImageFilter.GaussianBlur(2)).save(tmp_path / name)
    with Image.open(tmp_path / "one.png") as one:
        one.resize((96, 96)).save(tmp_path / "one-96.jpg", quality=80)
        one.resize((10, 10)).save(tmp_path / "tiny.png")
    (tmp_path / "none.png").write_text("no picture")
    return tmp_path


@pytest.mark.parametrize(
    ("b", "code", "verdict"),
    [("one-96.jpg", 0, "same"), ("two.png", 1, "different"), ("tiny.png", 4, "undetermined")],
)
def test_two_pictures(b: str, code: int, verdict: str, pictures: Path):
    """The exit code of a comparison agrees with its row, whose score is null only if it is undetermined."""
    result = CliRunner().invoke(app, ["compare", str(pictures / "one.png"), str(pictures / b), "--json"])
    row = json.loads(result.stdout)
    assert (code, verdict) == (result.exit_code, row["verdict"])
    assert ["a", "b", "verdict", "score", "limit", "reason"] == list(row)
    assert (row["score"] is None) == (verdict == "undetermined")
    if verdict == "same":
        assert row["score"] <= row["limit"]


def test_a_page_shows_the_comparison(pictures: Path):
    """`--html` writes a page with both pictures and their difference, and the numbers behind them."""
    page = pictures / "page.html"
    CliRunner().invoke(app, ["compare", str(pictures / "one.png"), str(pictures / "two.png"), "--html", str(page)])
    text = page.read_text(encoding="utf-8")
    assert 3 == text.count('<img src="data:image/png;base64,')
    assert "<h1>different</h1>" in text
    assert "limit" in text


def test_the_numbers_agree_with_the_sentence(pictures: Path):
    """An 80 % crop is 25 % closer in the sentence and in the table; in the reverse order it is wider."""
    with Image.open(pictures / "one.png") as one:
        one.crop((24, 24, 216, 216)).save(pictures / "close.png")
    for first, second, words, number in (("one", "close", "25 % closer", "+2"), ("close", "one", "20 % wider", "-2")):
        paths = [str(pictures / f"{name}.png") for name in (first, second)]
        said = CliRunner().invoke(app, ["compare", *paths]).stdout.splitlines()
        assert words in said[0]
        assert next(line for line in said if "larger by" in line).split()[-2].startswith(number)


def test_a_photo_is_found_in_a_folder(pictures: Path):
    """The file with the same photo is reported; a photo that is not found or too small has its own exit code."""
    stored = pictures / "stored"
    stored.mkdir()
    (stored / "ana.png").write_bytes((pictures / "one.png").read_bytes())
    (stored / "notes.txt").write_text("no picture")

    def asked(name: str) -> tuple[int, dict]:
        result = CliRunner().invoke(app, ["compare", str(pictures / name), "--among", str(stored), "--json"])
        return result.exit_code, json.loads(result.stdout)

    code, row = asked("one-96.jpg")
    assert (0, "same", "ana.png", 1, 1) == (code, row["verdict"], row["found"], row["stored"], row["unreadable"])
    assert row["score"] <= row["limit"]
    assert (1, None) == ((found := asked("two.png"))[0], found[1]["found"])
    assert (4, "undetermined") == ((found := asked("tiny.png"))[0], found[1]["verdict"])
    refused = CliRunner().invoke(app, ["compare", str(pictures / "one.png"), "--among", str(pictures / "one.png")])
    assert 2 == refused.exit_code


def test_pairs_are_printed_in_order(pictures: Path):
    """Each pair is one JSON object per line, in the CSV's order; a pair with an unreadable file is undetermined."""
    names = [("one.png", "one-96.jpg"), ("one.png", "two.png"), ("none.png", "one.png"), ("gone.png", "one.png")] * 10
    table = pictures / "pairs.csv"
    table.write_text("a,b\n" + "".join(f"{a},{b}\n" for a, b in names))
    result = CliRunner().invoke(app, ["compare", "--pairs", str(table), "--json"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert 0 == result.exit_code
    assert names == [(r["a"], r["b"]) for r in rows]
    assert ["same", "different", "undetermined", "undetermined"] * 10 == [r["verdict"] for r in rows]


@pytest.mark.parametrize("text", ["x,y\n1,2\n", "a,b\none.png\n", "", "a,b\n\xff\xfe,x\n"])
def test_a_wrong_table_is_exit_2_and_prints_nothing(text: str, pictures: Path):
    """A malformed table is refused as a whole, before the first row is printed."""
    table = pictures / "pairs.csv"
    table.write_bytes(text.encode("latin-1"))
    result = CliRunner().invoke(app, ["compare", "--pairs", str(table), "--json"])
    assert (2, "") == (result.exit_code, result.stdout)


def test_an_original_is_compared_with_its_avatar_if_asked(pictures: Path):
    """A part of an original differs from it, and the answer says how to search for the part; then it is the same."""
    original = Image.open(pictures / "one.png").convert("RGB").resize((600, 600))
    original.save(pictures / "original.png")
    original.crop((60, 60, 480, 480)).resize((120, 120)).save(pictures / "avatar.png")
    pair = [str(pictures / "original.png"), str(pictures / "avatar.png")]
    plain = CliRunner().invoke(app, ["compare", *pair])
    assert 1 == plain.exit_code
    assert "compare --expect ORIGINAL AVATAR" in plain.stdout
    searched = CliRunner().invoke(app, ["compare", "--expect", *pair])
    assert 0 == searched.exit_code
    assert "of the file’s width" in searched.stdout
    assert "--expect" not in searched.stdout
