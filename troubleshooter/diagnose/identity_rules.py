"""Finds causes in the user's identity: another address, another person, another geo, an incomplete profile."""

from __future__ import annotations

from collections.abc import Iterator

from troubleshooter.diagnose.evidence import (
    HIGH,
    LOW,
    MEDIUM,
    at_source,
    diagnosis,
    evidence,
    has_source,
    in_profile,
    right_at,
    wrong_at,
)
from troubleshooter.diagnose.symptoms import SITE, Symptoms
from troubleshooter.identity.photo_address import account_in, bare_account, cut_account
from troubleshooter.model.enums import WITHOUT_PHOTO, Kind, Source
from troubleshooter.model.message import message
from troubleshooter.model.record_view import IndexedSighting
from troubleshooter.model.records import Diagnosis


def other_address(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C19: there is a photo under the UPN but not under the address that the page uses, or vice versa."""
    if cut := [row for row in symptoms.under_a_cut_name if row in symptoms.wrong_copies or _lost(symptoms, row)]:
        yield _cut_address(symptoms, cut)
        return
    by_name = symptoms.under_another_name
    lost = symptoms.wrong(by_name) or [row for row in by_name if _lost(symptoms, row)]
    if lost and symptoms.copy_is_right:
        said = message(
            "The page requests the photo of {account}, but the user is {upn}",
            account=account_in(lost[0][1].url),
            upn=symptoms.record.subject,
        )
        place = evidence(said, f"sightings/{lost[0][0]}")
        yield diagnosis(symptoms, "C19", HIGH, [place, *wrong_at(symptoms, lost), *right_at(symptoms.right_by_address)])
    elif (right := symptoms.right(by_name)) and (
        missing := [r for r in symptoms.wrong(symptoms.by_address) if r[1].kind in WITHOUT_PHOTO]
    ):
        said = message(
            "The photo is found under {account}, not under {upn}",
            account=account_in(right[0][1].url),
            upn=symptoms.record.subject,
        )
        place = evidence(said, f"sightings/{right[0][0]}")
        yield diagnosis(symptoms, "C19", HIGH, [place, *right_at(right, 1), *wrong_at(symptoms, missing)])
    elif _renamed(symptoms) and symptoms.copy_is_right:
        blank = [(i, s) for i, s in symptoms.wrong(symptoms.on_pages) if s.kind in WITHOUT_PHOTO and not s.url]
        if blank:
            said = message(
                "The profile’s mail address is {mail}, but the user is {upn}",
                mail=symptoms.value("Email"),
                upn=symptoms.record.subject,
            )
            parts = [
                in_profile(symptoms, said),
                *wrong_at(symptoms, blank),
                *right_at(symptoms.right_by_address),
            ]
            yield diagnosis(symptoms, "C19", MEDIUM, parts)


def _lost(symptoms: Symptoms, row: IndexedSighting) -> bool:
    return row in symptoms.broken_copies or row in symptoms.refused_copies


def _cut_address(symptoms: Symptoms, cut: list[IndexedSighting]) -> Diagnosis:
    """Return C19 for addresses that name the user, and ask for somebody else because a sign in them is not encoded."""
    said = message(
        "The picture’s URL names {upn}, but a character in it is not encoded: the service is asked for “{account}”",
        upn=symptoms.record.subject,
        account=cut_account(cut[0][1].url, symptoms.record.subject),
    )
    remedy = message(
        "Have the page’s developer encode the account in the picture’s URL: # as %23, + as %2B, & as %26, ' as %27."
    )
    place = evidence(said, f"sightings/{cut[0][0]}")
    parts = [place, *wrong_at(symptoms, cut), *right_at(symptoms.right_by_address)]
    found = diagnosis(symptoms, "C19", HIGH if symptoms.copy_is_right else MEDIUM, parts)
    return found.model_copy(update={"remedy": remedy.text})


def _renamed(symptoms: Symptoms) -> bool:
    mail = symptoms.value("Email").lower()
    return bool(mail) and not symptoms.view.is_subject(mail)


def wrong_person(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C20: a card shows the subject's name but another account, on a page without the subject's own card."""
    identified = {s.page for _, s in symptoms.on_pages}
    for number, part in enumerate(symptoms.record.web_parts):
        ids = {bare_account(part.subject[key]) for key in ("id", "upn") if part.subject.get(key)}
        mail = symptoms.value("Email").lower()
        if strangers := sorted(i for i in ids if "@" in i and i != mail and not symptoms.view.is_subject(i)):
            said = message("The page’s data links the user’s entry to the account {account}", account=strangers[0])
            yield diagnosis(symptoms, "C20", HIGH, [evidence(said, f"web_parts/{number}")])
            return
    mixups = [(n, m) for n, m in enumerate(symptoms.record.mixups) if m.how != "name" or m.page not in identified]
    mixups.sort(key=lambda pair: ["other-name", "contradiction", "name"].index(pair[1].how))
    for number, mixup in mixups[:1]:
        place = mixup.surface.value
        said, sure = {
            "other-name": (message("{place} shows the user’s name on an account with another name", place=place), HIGH),
            "contradiction": (
                message("{place} links to the user but shows the photo of another account", place=place),
                MEDIUM,
            ),
            "name": (message("{place} shows the user’s name but is linked to another account", place=place), LOW),
        }[mixup.how]
        yield diagnosis(symptoms, "C20", sure, [evidence(said, f"mixups/{number}")])


def other_geo(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C22: the profile names a OneDrive host in another geo."""
    if has_source(symptoms) and symptoms.other_geo and symptoms.wrong_copies:
        said = message(
            "The profile’s files are on {host}, in a different geo location from these pages", host=symptoms.other_geo
        )
        parts = [in_profile(symptoms, said), *wrong_at(symptoms, symptoms.wrong_copies), *at_source(symptoms)]
        yield diagnosis(symptoms, "C22", HIGH if symptoms.blank_copies else MEDIUM, parts)


def incomplete_profile(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C25: the profile is nearly empty or unknown to SharePoint, and SharePoint shows no photo."""
    bare = symptoms.blank_copies or [row for row in symptoms.copies if row[1].kind in WITHOUT_PHOTO]
    if not bare:
        return
    if symptoms.is_stub:
        said = message("The SharePoint profile is nearly empty: it has neither a name nor picture properties")
        yield diagnosis(
            symptoms, "C25", HIGH, [in_profile(symptoms, said), *wrong_at(symptoms, bare), *at_source(symptoms)]
        )
        return
    failed = [n for n, p in enumerate(symptoms.record.properties) if not p.values and p.status in (200, 404, 500)]
    if failed and symptoms.profile is None:
        said = message("SharePoint returned no profile for the user")
        yield diagnosis(
            symptoms,
            "C25",
            MEDIUM,
            [evidence(said, f"properties/{failed[0]}"), *wrong_at(symptoms, bare), *at_source(symptoms)],
        )


def former_account(symptoms: Symptoms) -> Iterator[Diagnosis]:
    """C29: a site shows a photo that SharePoint's profile of this account never had: perhaps an earlier account's."""
    if symptoms.right_by_address or not symptoms.never_copied:
        return
    rows = [row for row in symptoms.other_photos if row[1].surface in SITE or row[1].source is Source.SITE_COPY]
    if any(s.kind is Kind.PHOTO for _, s in symptoms.by_address):
        return
    if rows:
        said = message("SharePoint’s profile of the user never had a photo, so the site’s photo did not come from it")
        parts = [in_profile(symptoms, said), *wrong_at(symptoms, rows), *wrong_at(symptoms, symptoms.blank_copies, 1)]
        yield diagnosis(symptoms, "C29", HIGH, [*parts, *at_source(symptoms)])
