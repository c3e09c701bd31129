"""Decides what of a text may be in a copy: words of the product's own, and values that cannot name anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from troubleshooter.evidence.outside.stand_ins import StandIns
from troubleshooter.locale import catalogue, fill
from troubleshooter.model.enums import Kind, MatchVerdict, Outcome, Reason, Source, StepStatus, Surface, Verdict
from troubleshooter.model.message import Message, message

M = TypeVar("M", bound=Message)

LEFT_OUT = message("left out of this copy")
"""What stands for a text that the product did not write."""
_IDS = frozenset(
    str(member.value)
    for ids in (Kind, MatchVerdict, Outcome, Reason, Source, StepStatus, Surface, Verdict)
    for member in ids
)
_MEASURE = re.compile(r"[+-]?\d{1,4}([.,]\d{1,6})?( ?[×x] ?\d{1,5})?[ \u00a0]?(px|%|h|min|s|°|KB|MB)?", re.ASCII)
"""A number that counts or measures, too short for that of a person, a phone or a ticket."""
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TERM = re.compile(r"AADSTS\d{5,7}|SPS-[A-Za-z]{3,40}|PictureU(rl|RL)|SP[A-Z][A-Za-z]{3,40}")
"""Codes and names of properties, which are Microsoft's."""
_HOST = re.compile(r"([a-z0-9_-]{1,63}\.){1,10}[a-z]{2,20}\.?", re.IGNORECASE)
_FILE = re.compile(r".*\.(aspx|html?|png|jpe?g|webp|gif|toml|json|py|exe|csv|txt)", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,8}")


class SafeTexts:
    """The texts of one copy."""

    def __init__(self, stand_ins: StandIns) -> None:
        self._stand_ins = stand_ins
        self._known: dict[str, str] = {}

    def also(self, value: str, instead: str) -> None:
        """Let `instead` stand for `value` wherever a sentence quotes it."""
        if value and instead:
            self._known[value] = instead

    def said(self, sentence: M) -> M:
        """Return `sentence` without what may name somebody; its own fields besides stay."""
        plain = self.message(sentence)
        return sentence.model_copy(
            update={"text": plain.text, "template": plain.template, "args": plain.args, "parts": plain.parts}
        )

    def message(self, sentence: Message) -> Message:
        """Return the words of `sentence` without what may name somebody."""
        if not sentence.template:
            return Message(text=sentence.text) if is_ours(sentence.text) else LEFT_OUT
        if not is_ours(sentence.template):
            return LEFT_OUT
        names = [name for name in sentence.args if f"{{{name}}}" in sentence.template]
        parts = {name: self.message(part) for name, part in sentence.parts.items() if name in names}
        args = {name: parts[name].text if name in parts else self.value(sentence.args[name]) for name in names}
        return Message(text=fill(sentence.template, args), template=sentence.template, args=args, parts=parts)

    def value(self, value: str) -> str:
        """Return what a sentence may quote instead of `value`."""
        text = value.strip()
        if value in self._known:
            return self._known[value]
        if text in _IDS or is_ours(text) or any(form.fullmatch(text) for form in (_MEASURE, _TIME, _TERM)):
            return value
        if text.startswith(("https://", "http://")):
            return self._stand_ins.page(text)
        if "@" in text and " " not in text:
            return self._stand_ins.person(text)
        if _HOST.fullmatch(text) and not _FILE.fullmatch(text):
            return self._stand_ins.host(text)
        return "…"


def ours(text: str) -> str:
    """Return `text` if the product wrote it, else nothing."""
    return text if is_ours(text) else ""


def is_ours(text: str) -> bool:
    """Return whether `text` is one of the product's own, in English, with its names not filled in."""
    return not text or text in _own()


def harmless_id(text: str | None, instead: str = "other") -> str:
    """Return an id of the product's or a scenario's, in lower case with dashes; `instead` for anything else."""
    return text if text and len(text) <= 60 and _ID.fullmatch(text) else instead


@cache
def _own() -> Mapping[str, tuple[str, ...]]:
    """Return the product's own texts, which all have their translation."""
    return catalogue("ro").texts


@cache
def own_texts() -> str:
    """Return all of the product's own texts, in every language, without letter case."""
    return "\n".join(text.casefold() for entry in catalogue("ro").texts.items() for text in (entry[0], *entry[1]))
