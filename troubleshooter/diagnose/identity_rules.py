"""Causes of identity: another address, another person, another geo, a profile that is none."""

from __future__ import annotations

from collections.abc import Iterator

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    agreeing,
    diagnosis,
    has_source,
    property_,
    shown,
    source,
)
from troubleshooter.diagnose.record_view import Seen, evidence
from troubleshooter.identity.photo_address import account_in, bare_account
from troubleshooter.model.enums import WITHOUT_PHOTO
from troubleshooter.model.message import message
from troubleshooter.model.records import Diagnosis


def other_address(seen: Seen) -> Iterator[Diagnosis]:
    """C19: by the address that the page uses there is no photo, by the UPN there is; or the other way round."""
    by_name = seen.under_another_name
    lost = seen.off(by_name) or [row for row in by_name if row in seen.broken or row in seen.refused]
    if lost and seen.copy_is_right:
        said = message("The page asks for {account}, and the user is {upn}", account=account_in(lost[0][1].url),
                   upn=seen.record.subject)  # fmt: skip
        place = evidence(said, f"sightings/{lost[0][0]}")
        yield diagnosis(seen, "C19", HIGH, [place, *shown(seen, lost), *agreeing(seen.right(seen.asked))])
    elif (right := seen.right(by_name)) and (
        missing := [r for r in seen.off(seen.asked) if r[1].kind in WITHOUT_PHOTO]
    ):
        said = message("The photo is found by {account}, not by {upn}", account=account_in(right[0][1].url),
                   upn=seen.record.subject)  # fmt: skip
        place = evidence(said, f"sightings/{right[0][0]}")
        yield diagnosis(seen, "C19", HIGH, [place, *agreeing(right, 1), *shown(seen, missing)])
    elif _renamed(seen) and seen.copy_is_right:
        blank = [(i, s) for i, s in seen.off(seen.content) if s.kind in WITHOUT_PHOTO and not s.url]
        if blank:
            said = message("The profile's mail address is {mail}, and the user is {upn}", mail=seen.value("Email"),
                       upn=seen.record.subject)  # fmt: skip
            parts = [property_(seen, said), *shown(seen, blank), *agreeing(seen.right(seen.asked))]
            yield diagnosis(seen, "C19", MEDIUM, parts)


def _renamed(seen: Seen) -> bool:
    mail = seen.value("Email").lower()
    return bool(mail) and mail != seen.record.subject


def wrong_person(seen: Seen) -> Iterator[Diagnosis]:
    """C20: a card with the subject's name and another account, on a page where the subject's own is not."""
    proved = {s.page for _, s in seen.content}
    for number, part in enumerate(seen.record.web_parts):
        ids = {bare_account(part.subject[key]) for key in ("id", "upn") if part.subject.get(key)}
        mine = {seen.record.subject, seen.value("Email").lower()}
        if strangers := sorted(i for i in ids if "@" in i and i not in mine):
            said = message("The page's data gives the user's entry the account {account}", account=strangers[0])
            yield diagnosis(seen, "C20", HIGH, [evidence(said, f"web_parts/{number}")])
            return
    found = [(n, m) for n, m in enumerate(seen.record.mixups) if m.how != "name" or m.page not in proved]
    found.sort(key=lambda one: ["other-name", "contradiction", "name"].index(one[1].how))
    for number, mixup in found[:1]:
        place = mixup.surface.value
        said, sure = {
            "other-name": (message("{place} says the user's name over an account of another name", place=place), HIGH),
            "contradiction": (
                message("{place} links to the user and shows the photo of another account", place=place),
                MEDIUM,
            ),
            "name": (message("{place} says the user's name, and another account stands behind it", place=place), LOW),
        }[mixup.how]
        yield diagnosis(seen, "C20", sure, [evidence(said, f"mixups/{number}")])


def other_geo(seen: Seen) -> Iterator[Diagnosis]:
    """C22: the profile names a OneDrive host that is not this geo's."""
    if has_source(seen) and seen.geo and seen.wrong:
        said = message("The profile's files are on {host}, in another geo than these pages", host=seen.geo)
        parts = [property_(seen, said), *shown(seen, seen.wrong), *source(seen)]
        yield diagnosis(seen, "C22", HIGH if seen.blank else MEDIUM, parts)


def stub(seen: Seen) -> Iterator[Diagnosis]:
    """C25: the profile is nearly empty, or SharePoint knows none, and it shows no photo."""
    bare = seen.blank or [row for row in seen.copies if row[1].kind in WITHOUT_PHOTO]
    if not bare:
        return
    if seen.is_stub:
        said = message("The SharePoint profile is nearly empty: it has neither name nor picture properties")
        yield diagnosis(seen, "C25", HIGH, [property_(seen, said), *shown(seen, bare), *source(seen)])
        return
    failed = [n for n, p in enumerate(seen.record.properties) if not p.values and p.status in (200, 404, 500)]
    if failed and seen.properties is None:
        said = message("SharePoint gave no profile of the user")
        yield diagnosis(
            seen, "C25", MEDIUM, [evidence(said, f"properties/{failed[0]}"), *shown(seen, bare), *source(seen)]
        )
