"""Serves user profiles and everything else that SharePoint's REST API says about people."""

from itertools import islice
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from troubleshooter.sandbox.people import Person
from troubleshooter.sandbox.sessions import MY
from troubleshooter.sandbox.sharepoint.odata import Value, represent
from troubleshooter.sandbox.site_hosts import linked_name
from troubleshooter.sandbox.state import State
from troubleshooter.sandbox.stores import Copy
from troubleshooter.sandbox.web import tenant

_PROPERTIES = "SP.UserProfiles.PersonProperties"
_IDENTIFIERS = ("Name", "UserName", "EMail")
"""Fields of a site's list of users by which one person is found."""
_ROWS = 100
"""Most rows in one answer, as SharePoint gives unless `$top` says otherwise."""


def picture_file(state: State, copy: Copy, size: str) -> str:
    """Return the URL of a stored thumbnail (S, M or L) on the -my host; empty if there is none."""
    my = linked_name(state.flags.sites_at, MY)
    return f"https://{my}:443/User%20Photos/Profile%20Pictures/{copy.stem}_{size}Thumb.jpg" if copy.stem else ""


def picture_url(state: State, copy: Copy) -> str | None:
    """Return the field PictureUrl: the medium thumbnail with its timestamp, or None while a placeholder is shown."""
    return f"{picture_file(state, copy, 'M')}?t={copy.timestamp}" if copy.shows else None


async def my_properties(request: Request, visitor: Person, _call: dict[str, str]) -> Response:
    """Respond to PeopleManager/GetMyProperties."""
    return represent(request, properties(tenant(request), visitor), name="GetMyProperties", type_=_PROPERTIES)


async def properties_for(request: Request, _visitor: Person, call: dict[str, str]) -> Response:
    """Respond to PeopleManager/GetPropertiesFor."""
    person = tenant(request).find(argument(request, call["account"]))
    value: Value = properties(tenant(request), person) if person else {"odata.null": True}
    return represent(request, value, name="GetPropertiesFor", type_=_PROPERTIES)


async def property_for(request: Request, _visitor: Person, call: dict[str, str]) -> Response:
    """Respond to PeopleManager/GetUserProfilePropertyFor."""
    person = tenant(request).find(argument(request, call["account"]))
    pairs = profile(tenant(request), person) if person else {}
    value = pairs.get(argument(request, call["property"]), "")
    return represent(request, value, name="GetUserProfilePropertyFor", type_="Edm.String")


async def followed(request: Request, visitor: Person, _call: dict[str, str]) -> Response:
    """Respond to social.following/my."""
    value: Value = {
        "AccountName": visitor.account,
        "ActorType": 0,
        "CanFollow": False,
        "ImageUri": picture_url(tenant(request), tenant(request).copy_of(visitor.upn)),
        "Name": visitor.name,
    }
    return represent(request, value, name="my", type_="SP.Social.SocialActor")


async def current_user(request: Request, visitor: Person, _call: dict[str, str]) -> Response:
    """Respond to web/currentuser."""
    value: Value = {
        "Id": _number(tenant(request), visitor),
        "IsHiddenInUI": False,
        "LoginName": visitor.account,
        "Title": visitor.name,
        "PrincipalType": 1,
        "Email": visitor.mail,
        "IsSiteAdmin": False,
        "UserPrincipalName": visitor.upn,
    }
    return represent(request, value, name="CurrentUser", type_="SP.User")


async def user_information(request: Request, _visitor: Person, _call: dict[str, str]) -> Response:
    """Respond to web/siteuserinfolist/items with the site's own copy. A filter may compare one field with a text."""
    state = tenant(request)
    field, _, wanted = request.query_params.get("$filter", "").partition(" eq ")
    text = argument(request, wanted).lower()
    named = state.people.find(text) if field in _IDENTIFIERS else None
    rows = (_information(state, person) for person in ([named] if named else state.people.values()))
    items: list[Value] = [*islice((row for row in rows if not field or str(row.get(field, "")).lower() == text), _ROWS)]
    return represent(request, items, name="Items", type_="SP.Data.UserInfoItem")


def properties(state: State, person: Person) -> dict[str, Value]:
    """Return the fields of PersonProperties."""
    if person.upn in state.directory.stubs:
        return _stub(person)
    host = state.directory.geo.get(person.upn) or linked_name(state.flags.sites_at, MY)
    personal = f"https://{host}/personal/{person.upn.replace('@', '_').replace('.', '_')}/"
    pairs: list[Value] = [
        {"Key": key, "Value": value, "ValueType": "Edm.String"} for key, value in profile(state, person).items()
    ]
    return {
        "AccountName": person.account,
        "DirectReports": [],
        "DisplayName": person.name,
        "Email": state.mail_of(person),
        "ExtendedManagers": [],
        "ExtendedReports": [person.account],
        "IsFollowed": False,
        "LatestPost": None,
        "Peers": [],
        "PersonalSiteHostUrl": f"https://{host}:443/",
        "PersonalUrl": personal,
        "PictureUrl": picture_url(state, state.copy_of(person.upn)),
        "Title": person.role,
        "UserProfileProperties": pairs,
        "UserUrl": f"https://{host}:443/Person.aspx?accountname={quote(person.account, safe='')}",
    }


def _stub(person: Person) -> dict[str, Value]:
    """Return the fields of a user who never opened SharePoint: the account, and nulls."""
    pairs: list[Value] = [{"Key": "AccountName", "Value": person.account, "ValueType": "Edm.String"}]
    empty = (
        "DisplayName",
        "Email",
        "LatestPost",
        "PersonalSiteHostUrl",
        "PersonalUrl",
        "PictureUrl",
        "Title",
        "UserUrl",
    )
    return {"AccountName": person.account, **dict.fromkeys(empty), "UserProfileProperties": pairs}


def profile(state: State, person: Person) -> dict[str, str]:
    """Return the properties of the profile, by key."""
    copy = state.copy_of(person.upn)
    return {
        "UserProfile_GUID": person.object_id[::-1],
        "SID": f"i:0h.f|membership|{person.object_id.replace('-', '')[:16]}@live.com",
        "AccountName": person.account,
        "FirstName": person.first,
        "LastName": person.last,
        "PreferredName": person.name,
        "WorkPhone": "",
        "Department": person.department,
        "Title": person.role,
        "PictureURL": picture_file(state, copy, "M"),
        "UserName": person.upn,
        "WorkEmail": state.mail_of(person),
        "SPS-PictureTimestamp": copy.timestamp,
        "SPS-PicturePlaceholderState": copy.placeholder,
        "SPS-PictureExchangeSyncState": copy.sync,
        "SPS-RecipientTypeDetails": "",
        # The facts contain only 0; another value for a guest is the sandbox's own.
        "SPS-UserType": "1" if state.is_guest(person) else "0",
        "SPS-PersonalSiteInstantiationState": "2",
        "msOnline-ObjectId": person.object_id,
        "SPS-UserPrincipalName": person.upn,
    }


def argument(request: Request, written: str) -> str:
    """Return the value of a call's argument: quoted in place, or an alias such as @v whose value is in the query."""
    text = request.query_params.get(written, "") if written.startswith("@") else written
    return text.strip().removeprefix("'").removesuffix("'").replace("''", "'")


def _information(state: State, person: Person) -> dict[str, Value]:
    copy = state.site.get(person.upn, Copy())
    address = picture_url(state, copy)
    return {
        "Id": _number(state, person),
        "Title": person.name,
        "Name": person.account,
        "EMail": person.mail,
        "UserName": person.upn,
        "Department": person.department,
        "JobTitle": person.role,
        "Picture": {"Description": address, "Url": address} if address else None,
        "SPSPictureTimestamp": copy.timestamp,
        "SPSPicturePlaceholderState": int(copy.placeholder) if copy.placeholder else None,
        "SPSPictureExchangeSyncState": int(copy.sync) if copy.sync else None,
    }


def _number(state: State, person: Person) -> int:
    return 10 + state.people.number(person)
