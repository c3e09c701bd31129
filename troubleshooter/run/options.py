"""Defines options, each declared once as metadata of a model's field; all code that needs options reads them here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from inspect import get_annotations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from troubleshooter.errors import InputError, did_you_mean
from troubleshooter.redaction.secret import is_text

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

M = TypeVar("M", bound=BaseModel)


class Panel(StrEnum):
    """The panels of `--help`, in their order."""

    WHAT = "What to check"
    PACE = "How many at a time"
    EARLIER = "Earlier runs"
    SIGN_IN = "Sign-in"
    BROWSER = "Browser"
    REPORT = "Report"
    OUTPUT = "Output"
    PHOTO = "Adding a photo"


@dataclass(frozen=True)
class Option:
    """Declaration of how a field is set from outside, as metadata of its annotation."""

    help: str
    _: KW_ONLY
    flag: str = ""
    """Its name on the command line, if that differs from the field's, such as `--as`."""
    panel: Panel | None = None
    """The part of the help text that lists it; None for an argument."""
    short: str = ""
    """Its short name, such as `-q`."""
    metavar: str | None = None
    """The placeholder for its value in the help text; None for the value's type."""
    argument: bool = False
    """Whether it is a positional argument, without a flag."""
    repeatable: bool = False
    """Whether it may be given several times; otherwise, several values are separated by commas."""
    recorded: bool = True
    """Whether it is among the record's inputs."""
    repeated: bool = False
    """Whether `recheck` takes it from the record if it is not given again."""


@dataclass(frozen=True)
class Declared:
    """One field of a model that is an option."""

    name: str
    option: Option
    type: type
    """The type that its text on the command line is converted to: bool, float, Path or str."""
    several: bool
    """Whether it has several values."""
    required: bool

    @property
    def flag(self) -> str:
        """Its name on the command line, such as `--ui-locale` or `SCENARIO`."""
        return self.name.upper() if self.option.argument else self.option.flag or f"--{self.name.replace('_', '-')}"

    @property
    def key(self) -> str:
        """Its name in a tenant file, such as `ui-locale`."""
        return self.flag.lstrip("-")

    @property
    def variable(self) -> str:
        """The environment variable that sets it, such as `TROUBLESHOOTER_UI_LOCALE`."""
        return f"TROUBLESHOOTER_{self.key.replace('-', '_').upper()}"

    def accepts(self, value: object) -> bool:
        """Return whether a tenant file may set it to `value`."""
        if self.type is bool or isinstance(value, bool):
            return self.type is bool and isinstance(value, bool)
        if self.type is float:
            return isinstance(value, int | float)
        return isinstance(value, str) or (self.several and isinstance(value, list))


def declared(*models: type[BaseModel]) -> tuple[Declared, ...]:
    """Return the options among the fields of `models`: for each model its own, then those of its base class."""
    return tuple(
        _declared(name, field, option)
        for model in models
        for name, field in sorted(model.model_fields.items(), key=lambda item: item[0] not in get_annotations(model))
        for option in field.metadata
        if isinstance(option, Option)
    )


def _declared(name: str, field: FieldInfo, option: Option) -> Declared:
    parts: list[Any] = [field.annotation]
    for part in parts:
        parts.extend(get_args(part))
    kind = next((kind for kind in (bool, float, Path) if kind in parts), str)
    return Declared(name, option, kind, any(get_origin(part) is tuple for part in parts), field.is_required())


_EXPECTED: Mapping[type, str] = {bool: "true or false", float: "a number"}


def from_file(values: Mapping[str, object], source: str, known: Iterable[Declared]) -> dict[str, object]:
    """Return the values of an `[options]` table, keyed by field name.

    Args:
        source: the file, for errors.
        known: the options that it may contain.

    Raises:
        InputError: there is no such option, its value has the wrong type, or it is there in both spellings.
    """
    options, found = {option.key: option for option in known}, {}
    for key, value in values.items():
        option = options.get(key.replace("_", "-"))
        if option is None:
            raise InputError(f"{source}: options.{key}", "no such option" + did_you_mean(key, sorted(options)))
        if not option.accepts(value):
            expected = _EXPECTED.get(option.type, "a string")
            raise InputError(f"{source}: options.{key}", f"{value!r} is not allowed; expected {expected}")
        if option.name in found:
            raise InputError(f"{source}: options.{key}", f"given twice, also as {_other(key)}; expected once")
        found[option.name] = value
    return found


def _other(key: str) -> str:
    """Return the other spelling of an option's name."""
    return key.replace("_", "-") if "_" in key else key.replace("-", "_")


def validated(model: type[M], values: Mapping[str, object]) -> M:
    """Return a `model` made from `values`, ignoring values for other models' options.

    Raises:
        InputError: one of the values is not allowed; the error names its option.
    """
    flags = {option.name: option.flag for option in declared(model)}
    for name, value in values.items():
        if not all(map(is_text, value if isinstance(value, tuple | list) else (value,))):
            raise InputError(flags.get(name, name), "not text in this computer's encoding; expected UTF-8")
    try:
        return model.model_validate({name: value for name, value in values.items() if name in model.model_fields})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        # `from None`: pydantic's error repeats the value, which may contain a password.
        raise InputError(flags.get(name, name), str(first["msg"]).removeprefix("Value error, ")) from None
