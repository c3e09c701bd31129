"""Tests of every place that serves a photo on a healthy tenant."""

from urllib.parse import parse_qs, urlsplit

import pytest


def test_userphoto_gives_three_sizes(tenant, enter):
    """The sizes are 48 px, 96 px and the picture as uploaded; an unknown size is the small one."""
    visitor = enter("helpdesk")
    sizes = {size: visitor.userphoto(tenant.subject, size).picture.size for size in ("S", "M", "L", "XL")}
    assert sizes == {"S": (48, 48), "M": (96, 96), "L": (648, 648), "XL": (48, 48)}


def test_userphoto_leads_to_a_time_limited_address(tenant, enter):
    """The URL to which `userphoto.aspx` redirects is refused after it expired or if it was changed."""
    visitor = enter("helpdesk")
    answer = visitor.userphoto(tenant.subject, "M")
    parts = urlsplit(answer.url)
    query = parse_qs(parts.query)
    assert parts.path == "/_vti_bin/afdcache.ashx/_userprofile/userphoto.jpg"
    assert {"_oat_", "P1", "size", "accountname"} <= set(query)
    assert answer.headers["content-type"] == "image/jpeg"
    assert "max-age=86400" in answer.headers["cache-control"]
    assert visitor.ask(answer.url.replace(tenant.subject.partition("@")[0], "stefan.tanase")).status == 403
    tenant.advance(11 * 3600)
    late = visitor.ask(answer.url)
    assert (late.status, late.text) == (403, "ERROR 403: Time-Limited URL validation failed")


@pytest.mark.parametrize(
    "query",
    [
        "accountname=jurgen.muller@contoso.com",
        "username=JURGEN.MULLER@contoso.com",
        "accountname=juergen.mueller@contoso.com",
        "accountname=i:0%23.f|membership|jurgen.muller@contoso.com",
    ],
)
def test_userphoto_knows_people_by_upn_mail_and_claim(tenant, enter, distance, query):
    """UPN, user name, mail address and claim all lead to the same photo."""
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    answer = visitor.visit(f"{tenant.sharepoint}/_layouts/15/userphoto.aspx?size=L&{query}")
    assert distance(answer.picture, visitor.userphoto("jurgen.muller@contoso.com").picture) == 0


@pytest.mark.parametrize(("size", "pixels"), [("S", (42, 42)), ("M", (96, 96)), ("L", (200, 150))])
@pytest.mark.parametrize("account", ["", "ioana.badea@contoso.com", "nobody@contoso.com"])
def test_userphoto_shows_the_placeholder_where_there_is_no_photo(enter, size, pixels, account):
    """Without a photo, userphoto.aspx redirects to the placeholder picture and never fails."""
    answer = enter().userphoto(account, size)
    assert urlsplit(answer.url).path == f"/_layouts/15/images/PersonPlaceholder.{pixels[0]}x{pixels[1]}x32.png"
    assert (answer.status, answer.headers["content-type"], answer.picture.size) == (200, "image/png", pixels)


def test_default_none_suppresses_the_placeholder(enter):
    """With default=none, `userphoto.aspx` returns 404, so that a page can render initials."""
    assert enter().userphoto("ioana.badea@contoso.com", default="none").status == 404


def test_stored_thumbnails_are_on_the_my_host(tenant, enter):
    """The profile contains the medium thumbnail's URL, and the other sizes are stored next to it."""
    visitor = enter()
    middle = visitor.properties(tenant.subject)["PictureURL"]
    assert middle.startswith("https://contoso-my.sharepoint.com:443/User%20Photos/Profile%20Pictures/")
    assert middle.endswith("_MThumb.jpg")
    sizes = [visitor.visit(middle.replace("_MThumb", f"_{size}Thumb")).picture.size for size in "SML"]
    assert sizes == [(48, 48), (96, 96), (648, 648)]
    assert visitor.ask(middle.replace("_MThumb", "_MThumbs")).status == 404


def test_outlook_gives_the_mailbox_copy_in_the_size_asked_for(tenant, enter):
    """Outlook returns the mailbox copy in the requested size, or one pixel with status 200 if there is no photo."""
    visitor = enter("helpdesk")
    visitor.outlook(tenant.subject)
    assert visitor.outlook(tenant.subject, "HR96x96").picture.size == (96, 96)
    empty = visitor.outlook("ioana.badea@contoso.com", "HR96x96")
    assert (empty.status, empty.headers["content-type"], empty.picture.size) == (200, "image/gif", (1, 1))


def test_graph_gives_the_people_service_photo(tenant, enter):
    """Graph serves the photo of a user or of the visitor, whole or in a size that exists, as picture or description."""
    visitor = enter("helpdesk")
    assert visitor.graph(tenant.subject).picture.size == (648, 648)
    assert visitor.graph(tenant.subject, "photos/48x48/$value").picture.size == (48, 48)
    assert visitor.graph(tenant.subject, "photo").json["id"] == "648x648"
    assert visitor.ask("https://graph.microsoft.com/v1.0/me/photo/$value").picture.size == (648, 648)
    for missing in (visitor.graph("ioana.badea@contoso.com"), visitor.graph(tenant.subject, "photos/50x50/$value")):
        assert (missing.status, missing.json["error"]["code"]) == (404, "ImageNotFound")


def test_persona_cards_get_the_people_service_photo_by_ticket_only(tenant, enter, distance):
    """The page contains a photo URL with a ticket, without which the photo is refused."""
    visitor = enter("helpdesk")
    page = visitor.visit(tenant.pages[0]).text
    address = next(part for part in page.replace("\\u0026", "&").split('"') if "loki.delve.office.com" in part)
    assert address.startswith("https://eur.loki.delve.office.com/api/v2/personaphoto?aadObjectId=")
    answer = visitor.ask(address)
    assert answer.picture.size == (120, 120)
    assert visitor.ask(address.partition("&at=")[0]).status == 401


def test_the_proxy_in_sharepoint_serves_the_mailbox_copy(tenant, enter, distance):
    """The proxy that SharePoint's own header uses returns the same bytes as Outlook."""
    visitor = enter()
    visitor.visit(tenant.sharepoint)
    proxy = visitor.ask(
        f"{tenant.sharepoint}/_api/OWAWebService/service.svc/s/GetPersonaPhoto?email={tenant.subject}&size=HR96x96"
    )
    assert proxy.body == visitor.outlook(tenant.subject, "HR96x96").body


def test_equal_photos_never_have_equal_bytes(tenant, enter, distance):
    """Each store resamples and compresses in its own way, so the bytes differ although all pictures look alike."""
    visitor = enter("helpdesk")
    site = f"{tenant.sharepoint}/sites/communications/_layouts/15/userphoto.aspx?size=L&accountname={tenant.subject}"
    answers = [visitor.userphoto(tenant.subject), visitor.visit(site), visitor.graph(tenant.subject)]
    visitor.outlook(tenant.subject)
    answers.append(visitor.outlook(tenant.subject))
    assert len({answer.body for answer in answers}) == 4
    assert all(distance(answers[0].picture, answer.picture) < 2 for answer in answers)


def test_portraits_differ_between_people_and_between_years(tenant, distance):
    """Portraits of two people, and of one person in different years, are not close to each other."""
    from troubleshooter.sandbox.people import PEOPLE  # noqa: PLC0415
    from troubleshooter.sandbox.portraits import portrait  # noqa: PLC0415

    first = list(PEOPLE)[:8]
    drawn = [portrait(upn, 0) for upn in first] + [portrait(tenant.subject, variant) for variant in (1, 2)]
    assert all(picture.size == (648, 648) for picture in drawn)
    pairs = [(a, b) for number, a in enumerate(drawn) for b in drawn[number + 1 :]]
    assert min(distance(a, b) for a, b in pairs) > 12


def test_the_cast_cannot_be_distinguished_by_name():
    """Two people share a display name, some have no photo, and one has a mail address that is not the UPN."""
    from troubleshooter.sandbox.people import PEOPLE  # noqa: PLC0415

    names = [person.name for person in PEOPLE.values()]
    assert len(PEOPLE) >= 20
    assert names.count("Ana Popescu") == 2
    assert any(not person.has_photo for person in PEOPLE.values())
    assert any(person.mail != person.upn for person in PEOPLE.values())
    assert {"Ș", "王"} <= set("".join(names))
