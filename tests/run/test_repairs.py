"""Reading `locators.toml`."""

from pathlib import Path

import pytest

from troubleshooter.errors import InputError
from troubleshooter.run.repairs import Repairs, read_repairs, repairs_for

RIGHT = """
[locators]
"home.waffle" = "button.new"
"site-page.canvas" = ["#a, #b", "main > [data-x='1' i]:not(.c, .d)"]
"""


def written(folder: Path, text: str, name: str = "locators.toml") -> Path:
    """Return the path of a new file in `folder` with `text`."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_repair_is_a_selector_or_a_list_of_them(tmp_path):
    """Every id gets its selectors, in the order of the file."""
    expected = {"home.waffle": ("button.new",), "site-page.canvas": ("#a, #b", "main > [data-x='1' i]:not(.c, .d)")}
    assert expected == read_repairs(written(tmp_path, RIGHT))


def test_an_id_needs_no_quotes(tmp_path):
    """TOML reads a key with a dot as a table in a table; it means the same id."""
    assert {"home.waffle": ("#x",)} == read_repairs(written(tmp_path, '[locators]\nhome.waffle = "#x"\n'))
    assert {"home.waffle": ("#x",)} == read_repairs(written(tmp_path, '[locators.home]\nwaffle = "#x"\n'))


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ('[locators]\n"home.wafle" = "#x"\n', "home.wafle", "Did you mean 'home.waffle'?"),
        ('[locators]\n"home.waffle" = ""\n', "home.waffle", "'' is not a CSS selector"),
        ('[locators]\n"home.waffle" = []\n', "home.waffle", "expected a CSS selector"),
        ('[locators]\n"home.waffle" = 7\n', "home.waffle", "7 is not a CSS selector"),
        ('[locators]\n"home.waffle" = ["#x", 7]\n', "home.waffle: selector 2", "7 is not a CSS selector"),
        ('[locators]\n"home.waffle" = ["#x", " "]\n', "home.waffle: selector 2", "' ' is not a CSS selector"),
        ('[locators]\n"home.waffle" = ["#x", "a["]\n', "home.waffle: selector 2", "'a['"),
        (
            '[locators]\n"home.waffle" = "//button"\n',
            "home.waffle",
            "CSS selector: invalid character '/' at position 0",
        ),
        ('[locators]\n"home.waffle" = "input[type!=a]"\n', "home.waffle", "CSS selector: no browser knows '!='"),
        ('[locators]\n"home.waffle" = "a:-soup-contains(b)"\n', "home.waffle", "no browser knows ':-soup-contains'"),
        ('[locators]\n"home.waffle" = "a:contains(b)"\n', "home.waffle", "no browser knows ':contains'"),
        ('[locators]\n"home.waffle" = "text=Apps"\n', "home.waffle", "is not a CSS selector"),
        ('[locator]\n"home.waffle" = "#x"\n', "locator", "expected a table [locators]"),
        ('locators = "#x"\n', "locators", "expected [locators]"),
        ("[locators\n", "locators.toml", "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_place(text, place, says, tmp_path):
    """The error names the file, the id, the selector, and what is expected, in one line."""
    path = written(tmp_path, text)
    with pytest.raises(InputError) as error:
        read_repairs(path)
    line = str(error.value)
    assert str(path) in line
    assert place in line
    assert says in line
    assert "\n" not in line


@pytest.mark.parametrize(
    "selector", ["input::placeholder", ":user-valid", "button:foo", "[title='a != b']", '[title=":contains(x)"]', "& a"]
)
def test_what_only_a_browser_can_tell_is_left_to_the_browser(selector, tmp_path):
    """Pseudo-classes that the library does not know, and quoted text that looks like one of its own, are no mistake."""
    path = written(tmp_path, f"[locators]\n'home.waffle' = '''{selector}'''\n")
    assert {"home.waffle": (selector,)} == read_repairs(path)


def test_the_file_beside_the_tenant_file_is_used(tmp_path):
    """It needs no option; another file that the option names counts instead; the sandbox has none."""
    tenant = written(tmp_path, "", "contoso.toml")
    assert Repairs() == repairs_for(None, str(tenant))
    beside = written(tmp_path, '[locators]\n"home.waffle" = "#beside"\n')
    named = written(tmp_path, '[locators]\n"home.waffle" = "#named"\n', "other.toml")
    assert Repairs({"home.waffle": ("#beside",)}, beside) == repairs_for(None, str(tenant))
    assert Repairs({"home.waffle": ("#named",)}, named) == repairs_for(named, str(tenant))
    assert Repairs() == repairs_for(None, "")


def test_a_file_that_is_not_there_is_named(tmp_path):
    """`--locators` with a wrong path says so."""
    with pytest.raises(InputError, match=r"--locators.*missing\.toml"):
        repairs_for(tmp_path / "missing.toml", "")
