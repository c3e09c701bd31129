"""Signs URLs that are valid for a while, in place of a bearer token or a CDN's signature."""

import hmac
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlencode

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.state import State

_GOOD_FOR = timedelta(hours=10)  # observed: 7.8 to 14.6 h


def sign(state: State, *parts: object) -> str:
    """Return a signature over `parts` that only this run can make."""
    text = "\n".join(map(str, parts)).encode()
    return state.sessions.token_prefix + hmac.new(state.key, text, sha256).hexdigest()[:32]


def delivery_query(state: State, upn: str, size: str, site: str) -> str:
    """Return the query of a time-limited photo URL."""
    start = int(state.clock.now().timestamp())
    end = start + int(_GOOD_FOR.total_seconds())
    signature = sign(state, "delivery", upn, size, site, end)
    values = {"_oat_": f"{end}_{signature}", "P1": start, "P2": 1, "P3": 1, "P4": sign(state, upn, start)}
    return urlencode(values | {"size": size, "accountname": upn})


def delivery_is_good(state: State, upn: str, size: str, site: str, oat: str) -> bool:
    """Return whether a photo URL was issued here and has not expired."""
    end, _, signature = oat.partition("_")
    if state.flags.cdn_refuses or not end.isdecimal() or int(end) < state.clock.now().timestamp():
        return False
    return hmac.compare_digest(signature, sign(state, "delivery", upn, size, site, end))


def persona_address(state: State, person: Person, *, client: str, feature: str, size: str) -> str:
    """Return the URL from which persona cards get a photo.

    The real card sends a token in a header, and the facts say no more. The sandbox puts a ticket of its own into the
    URL (`at`), because a cookie for that host would be a third-party cookie on every page that shows a card.
    """
    values = {
        "aadObjectId": person.object_id,
        "personaType": "User",
        "clientType": client,
        "clientFeature": feature,
        "size": size,
        "at": sign(state, "persona", person.upn),
    }
    return f"https://eur.loki.delve.office.com/api/v2/personaphoto?{urlencode(values)}"


def persona_is_good(state: State, person: Person, ticket: str) -> bool:
    """Return whether this ticket was issued for this person's photo."""
    return hmac.compare_digest(ticket.encode(), sign(state, "persona", person.upn).encode())
