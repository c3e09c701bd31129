"""Builds faults that are only data: a row sets flags, or changes the sign-in flow."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from troubleshooter.sandbox.flags import Flags
from troubleshooter.sandbox.sign_in_plan import SignInPlan
from troubleshooter.sandbox.state import Fault, State


def flag_fault(name: str, description: str, flags: Flags) -> Fault:
    """Return the fault that sets each flag that differs from its default in `flags`."""
    changes = _changes(flags, Flags())

    def apply(state: State) -> None:
        state.flags = replace(state.flags, **changes)

    return Fault(name, description, apply)


def sign_in_fault(name: str, description: str, plan: SignInPlan) -> Fault:
    """Return the fault that gives sign-in each property that differs from its default in `plan`."""
    changes = _changes(plan, SignInPlan())

    def apply(state: State) -> None:
        state.flags.sign_in = replace(state.flags.sign_in, **changes)

    return Fault(name, description, apply)


def _changes(row: Flags | SignInPlan, healthy: Flags | SignInPlan) -> Mapping[str, Any]:
    names = (field.name for field in fields(row))
    return {name: getattr(row, name) for name in names if getattr(row, name) != getattr(healthy, name)}
