"""Moves photos from the people service to the mailbox copy and SharePoint copy, and on to the CDN, sites and search.

Outlook and Teams have caches of their own.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Copy, Due, Photo, StoredPhoto, service_stem

# The facts give orders of magnitude, not numbers ("minutes", "once per 24 h", "later"): these are the sandbox's own.
TO_MAILBOX = timedelta(minutes=5)
TO_SHAREPOINT = timedelta(minutes=10)
TO_CDN = timedelta(minutes=20)
TO_SHOW = timedelta(minutes=20)
TO_SITE = timedelta(minutes=30)
TO_SEARCH = timedelta(hours=8)
CYCLE = timedelta(minutes=30)
"""How long the local directory takes to put its own photo back."""
TO_OUTLOOK_CACHE = timedelta(minutes=30)
TO_TEAMS_CACHE = timedelta(hours=20)
RETRY_AFTER = timedelta(hours=24)


def change_photo(state: State, upn: str, photo: Photo) -> None:
    """Change the photo at the source: the people service has it immediately, the mailbox minutes later."""
    now = state.clock.now()
    with state.lock:
        state.people_service[upn] = StoredPhoto(photo, at=now, changed=now)
        state.due.append(Due(now + TO_MAILBOX, "mailbox", upn))
        state.due.append(Due(now + TO_OUTLOOK_CACHE, "outlook-cache", upn))
        state.due.append(Due(now + TO_TEAMS_CACHE, "teams-cache", upn))
        if upn in state.directory.on_premises:
            state.due.append(Due(now + CYCLE, "people-service", upn))


def take_upload(state: State, upn: str, photo: Photo) -> None:
    """Accept an upload: it becomes the photo immediately, or after a while if a fault shows uploads late."""
    if state.flags.upload_late:
        state.due.append(Due(state.clock.now() + TO_SHOW, "upload", upn, photo))
    else:
        change_photo(state, upn, photo)


def put_at_source(state: State, upn: str, photo: Photo, changed: datetime) -> None:
    """Fill every store on the source's side as if `photo` had been there since `changed`."""
    for store, delay in (
        (state.people_service, timedelta()),
        (state.mailbox, TO_MAILBOX),
        (state.outlook_cache, TO_OUTLOOK_CACHE),
        (state.teams_cache, TO_TEAMS_CACHE),
    ):
        store[upn] = StoredPhoto(photo, at=changed + delay, changed=changed)


def put_in_sharepoint(state: State, upn: str, copy: Copy | None) -> None:
    """Put `copy` into SharePoint and every store that it feeds; None empties them as if there had never been a copy."""
    for store in (state.sharepoint, state.cdn, state.site, state.search):
        if copy is None:
            store.pop(upn, None)
        else:
            store[upn] = copy


def own_photo_requested(state: State, upn: str) -> None:
    """Queue a copy because the user requested their own photo from SharePoint: at most one attempt in 24 h.

    Nothing happens for a copy that does not come from the mailbox (sync state 0), in the people-service generation, or
    where users may not edit the picture of their profile.
    """
    if state.generation != "mailbox" or upn not in state.people or not state.policies.picture_editable:
        return
    now = state.clock.now()
    with state.lock:
        copy = state.copy_of(upn)
        if copy.sync == "0" or state.flags.copy_stuck or (copy.tried is not None and now - copy.tried < RETRY_AFTER):
            return
        state.sharepoint[upn] = replace(copy, tried=now)
        state.due.append(Due(now + TO_SHAREPOINT, "sharepoint", upn))


def advance(state: State, seconds: float) -> None:
    """Move the tenant's time forward and deliver the copies that have become due.

    Raises ValueError for a negative step.
    """
    with state.lock:
        state.clock.advance(seconds)
        settle(state)


def settle(state: State) -> None:
    """Deliver every copy that is due, in order of due time."""
    with state.lock:
        while ready := [due for due in state.due if due.at <= state.clock.now()]:
            first = min(ready, key=lambda due: due.at)
            state.due.remove(first)
            _ARRIVALS[first.store](state, first)


def _put_back(state: State, due: Due) -> None:
    photo = state.directory.on_premises.get(due.upn)
    if photo is not None:
        state.people_service[due.upn] = StoredPhoto(photo, at=due.at, changed=due.at)
        state.due.append(Due(due.at + TO_MAILBOX, "mailbox", due.upn))


def _to_mailbox(state: State, due: Due) -> None:
    source = state.people_service.get(due.upn)
    if source is not None:
        state.mailbox[due.upn] = replace(source, at=due.at)


def _to_sharepoint(state: State, due: Due) -> None:
    stored, copy = state.mailbox.get(due.upn), state.copy_of(due.upn)
    # An unchanged photo is not written again, so its timestamp and its placeholder state stay as they are.
    if stored is None or stored.changed == copy.changed:
        return
    state.sharepoint[due.upn] = replace(
        copy,
        photo=stored.photo,
        stem=service_stem(state.people[due.upn]),
        copied=due.at,
        placeholder="0",
        sync="1",
        changed=stored.changed,
    )
    state.due.append(Due(due.at + TO_CDN, "cdn", due.upn))
    state.due.append(Due(due.at + TO_SITE, "site", due.upn))
    state.due.append(Due(due.at + TO_SEARCH, "search", due.upn))


def _to_cdn(state: State, due: Due) -> None:
    state.cdn[due.upn] = state.copy_of(due.upn)


def _to_site(state: State, due: Due) -> None:
    state.site[due.upn] = state.copy_of(due.upn)


def _to_search(state: State, due: Due) -> None:
    state.search[due.upn] = state.copy_of(due.upn)


def _to_outlook_cache(state: State, due: Due) -> None:
    if (stored := state.mailbox.get(due.upn)) is not None:
        state.outlook_cache[due.upn] = replace(stored, at=due.at)


def _to_teams_cache(state: State, due: Due) -> None:
    if (stored := state.people_service.get(due.upn)) is not None:
        state.teams_cache[due.upn] = replace(stored, at=due.at)


def _to_everybody(state: State, due: Due) -> None:
    assert due.photo is not None
    change_photo(state, due.upn, due.photo)


_ARRIVALS = {
    "upload": _to_everybody,
    "people-service": _put_back,
    "mailbox": _to_mailbox,
    "sharepoint": _to_sharepoint,
    "cdn": _to_cdn,
    "site": _to_site,
    "search": _to_search,
    "outlook-cache": _to_outlook_cache,
    "teams-cache": _to_teams_cache,
}
