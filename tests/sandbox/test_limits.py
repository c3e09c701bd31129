"""The service's limits: what counts, what is refused and how, and what the sandbox reports of it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from troubleshooter import sandbox
from troubleshooter.sandbox.journal import MOST, Entry, Journal
from troubleshooter.sandbox.traffic import Count, Limits, Traffic, limits_from

from .conftest import Visitor

ANA, HELPDESK, STEFAN = (f"{name}@contoso.com" for name in ("ana.popescu", "helpdesk", "stefan.tanase"))
PLACEHOLDER = "/_layouts/15/images/PersonPlaceholder.96x96x32.png"
REST = "/_api/web/currentuser"
PEOPLE_MANAGER = "/_api/SP.UserProfiles.PeopleManager/GetMyProperties"
PAGE = "/_layouts/15/sharepoint.aspx"
IMAGE = {"Sec-Fetch-Dest": "image"}
SCRIPT = {"Sec-Fetch-Dest": "empty", "Accept": "application/json"}
DOCUMENT = {"Sec-Fetch-Dest": "document", "Accept": "text/html"}


@pytest.fixture(scope="module")
def strict():
    """Serve a tenant that answers 20 requests of a user in 60 seconds."""
    with sandbox.running(scale=sandbox.Scale(limits=Limits(20, 60))) as running:
        yield running


@pytest.fixture
def visit(strict):
    """Return a function that gives a visitor whose session has made no request so far."""
    strict.state.reset()
    visitors = []

    def visit(upn=HELPDESK):
        visitor = Visitor(strict)
        visitors.append(visitor)
        visitor.cookies["contoso.sharepoint.com"] = {"FedAuth": upn}
        strict.state.sessions.hosts["contoso.sharepoint.com", upn] = upn
        return visitor

    yield visit
    for visitor in visitors:
        visitor.close()


def ask(visitor, path, headers=IMAGE, times=1):
    """Return the last of the answers to the same request."""
    for _ in range(times):
        answer = visitor.ask(f"https://contoso.sharepoint.com{path}", headers=headers)
    return answer


def test_as_much_as_allowed_is_answered(strict, visit):
    """The 20th request is answered, and the 21st is not; it says when to ask again."""
    visitor = visit()
    assert 200 == ask(visitor, PLACEHOLDER, times=20).status
    refused = ask(visitor, PLACEHOLDER)
    assert refused.status in (429, 503)
    assert 55 <= int(refused.headers["retry-after"]) <= 60
    assert "no-store" == refused.headers["cache-control"]


def test_waiting_as_long_as_told_helps(strict, visit):
    """After the seconds in Retry-After, on the tenant's clock, the next request is answered."""
    visitor = visit()
    refused = ask(visitor, PLACEHOLDER, times=21)
    strict.advance(int(refused.headers["retry-after"]) - 5)
    assert ask(visitor, PLACEHOLDER).status in (429, 503)
    strict.advance(60)
    assert 200 == ask(visitor, PLACEHOLDER).status


def test_refused_requests_count(strict, visit):
    """Whoever keeps asking has to wait longer: the refused requests are as many as the answered ones."""
    visitor = visit()
    ask(visitor, PLACEHOLDER, times=20)
    strict.advance(30)
    assert 20 < int(ask(visitor, PLACEHOLDER).headers["retry-after"]) <= 30
    assert 50 < int(ask(visitor, PLACEHOLDER, times=20).headers["retry-after"]) <= 60
    strict.advance(31)
    assert ask(visitor, PLACEHOLDER).status in (429, 503)


def test_pictures_are_refused_with_429_and_503(visit):
    """A picture on a page is refused with 429 and 503 in turn, always with Retry-After."""
    visitor = visit()
    ask(visitor, PLACEHOLDER, times=20)
    path = "/_layouts/15/userphoto.aspx?size=M&accountname=" + ANA
    answers = [ask(visitor, path) for _ in range(6)]
    assert {429, 503} == {answer.status for answer in answers}
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)


def test_calls_are_refused_in_three_forms(visit):
    """A call of a script is refused with 429, with 503, and by the information page, which has no JSON: 406."""
    visitor = visit()
    ask(visitor, REST, SCRIPT, times=20)
    answers = [ask(visitor, REST, SCRIPT) for _ in range(6)]
    assert {429, 503, 302} == {answer.status for answer in answers}
    for answer in answers:
        if answer.status != 302:
            assert "retry-after" in answer.headers and "error" in answer.json
            continue
        assert "/_layouts/15/Throttle.htm#1033" == answer.headers["location"]
        assert 406 == ask(visitor, "/_layouts/15/Throttle.htm", SCRIPT).status


def test_a_page_leads_to_the_information_page(visit):
    """A page that is opened leads to a page that explains, which is not refused itself; its pictures' own URLs, too."""
    visitor = visit()
    ask(visitor, PLACEHOLDER, times=20)
    refused = ask(visitor, PAGE, DOCUMENT)
    assert (302, "/_layouts/15/Throttle.htm#1033") == (refused.status, refused.headers["location"])
    page = ask(visitor, urlsplit(refused.headers["location"]).path, DOCUMENT)
    assert (200, True) == (page.status, "Something&#39;s not right" in page.text)
    opened = [ask(visitor, PLACEHOLDER, DOCUMENT).status for _ in range(6)]
    assert {429, 503, 302} == set(opened)


def test_the_limit_is_each_users(strict, visit):
    """Another user, strangers and other hosts are not concerned."""
    visitor, other = visit(), visit(ANA)
    ask(visitor, PLACEHOLDER, times=25)
    assert 200 == ask(other, PLACEHOLDER).status
    stranger = Visitor(strict)
    assert {401} == {ask(stranger, PLACEHOLDER.replace("Person", "No"), IMAGE).status for _ in range(25)}
    assert {401} == {visitor.ask("https://outlook.office.com/owa/service.svc/s/GetPersonaPhoto", headers=IMAGE).status}
    stranger.close()


def test_people_manager_is_limited_for_the_whole_tenant(strict, visit):
    """PeopleManager refuses the 21st call, whoever makes it; other calls of that user are answered."""
    visitors = [visit(), visit(ANA), visit(STEFAN)]
    for turn in range(20):
        assert 200 == ask(visitors[turn % 2], PEOPLE_MANAGER, SCRIPT).status
    assert 200 != ask(visitors[2], PEOPLE_MANAGER, SCRIPT).status
    assert 200 == ask(visitors[2], REST, SCRIPT).status
    report = strict.traffic.report()
    assert (21, 1) == (report["people_manager"]["requests"], report["people_manager"]["throttled"])
    assert 1 == report["throttled"]


def test_what_is_not_the_services_own_is_not_counted(strict, visit):
    """Files that only the sandbox has, and the information page, count for nobody."""
    visitor = visit()
    for path in ("/sandbox-static/page.css", "/favicon.ico", "/_layouts/15/Throttle.htm"):
        ask(visitor, path)
    assert {} == strict.traffic.accounts


def test_both_names_of_sharepoint_count_together(strict, visit):
    """Requests to OneDrive's host count as well."""
    visitor = visit()
    visitor.cookies["contoso-my.sharepoint.com"] = {"FedAuth": "my"}
    strict.state.sessions.hosts["contoso-my.sharepoint.com", "my"] = HELPDESK
    ask(visitor, PLACEHOLDER, times=15)
    for _ in range(5):
        visitor.ask("https://contoso-my.sharepoint.com/User%20Photos/Profile%20Pictures/x_MThumb.jpg", headers=IMAGE)
    assert ask(visitor, PLACEHOLDER).status in (429, 503)


def test_the_control_host_says_what_arrived(strict, visit):
    """The report names requests and refusals by account, requests by host, and the most in any window and second."""
    ask(visit(), PLACEHOLDER, times=22)
    strict.advance(120)
    ask(visit(ANA), REST, SCRIPT, times=3)
    report = visit().ask("https://sandbox.invalid/traffic").json
    assert {"requests": 20, "seconds": 60} == report["limits"]
    assert 2 == report["throttled"]
    assert 25 == report["hosts"]["contoso.sharepoint.com"]
    helpdesk = report["accounts"][HELPDESK]
    assert (22, 2, 22) == (helpdesk["requests"], helpdesk["throttled"], helpdesk["most"])
    assert 1 <= helpdesk["most_in_a_second"] <= 22
    assert (3, 0) == (report["accounts"][ANA]["requests"], report["accounts"][ANA]["throttled"])
    strict.state.reset()
    assert {} == strict.traffic.accounts


def test_without_limits_it_only_counts(tenant, enter):
    """A tenant without limits refuses nothing, and counts."""
    visitor = enter("helpdesk")
    visitor.visit(tenant.sharepoint)
    before = tenant.traffic.accounts[HELPDESK].requests
    for _ in range(30):
        visitor.ask(f"{tenant.sharepoint}{PLACEHOLDER}")
    report = tenant.traffic.report()
    assert (None, 0) == (report["limits"], report["throttled"])
    assert before + 30 == report["accounts"][HELPDESK]["requests"]


def test_the_services_own_limits():
    """The default is what the facts say: 3,000 requests in 5 minutes."""
    traffic = Traffic(Limits())
    answers = [traffic.note_user(ANA, at / 20, people_manager=False) for at in range(3001)]
    assert [None] * 3000 == answers[:3000]
    assert 151 == answers[3000]  # the first two, of which the second is 50 ms younger, have to be 300 s old
    assert [None] * 3000 == [Traffic(Limits()).note_user(ANA, at / 9.9, people_manager=True) for at in range(3000)]


def test_a_steady_pace_below_the_limit_is_never_refused():
    """Eight requests a second are never too much, however long."""
    traffic = Traffic(Limits())
    assert {None} == {traffic.note_user(ANA, at / 8, people_manager=False) for at in range(20_000)}
    assert 8 == traffic.accounts[ANA].most_in_a_second
    assert 2400 == traffic.accounts[ANA].most


def test_times_in_the_past_are_not_kept():
    """The memory for counting does not grow with time."""
    count = Count(60)
    for at in range(100_000):
        count.note(at / 10)
    assert len(count._recent) <= 601


@pytest.mark.parametrize(("written", "limits"), [("60/10s", Limits(60, 10)), (" 3000/300s ", Limits())])
def test_limits_as_written(written, limits):
    """A limit is written as requests and seconds."""
    assert limits == limits_from(written)


@pytest.mark.parametrize(
    "wrong", ["", "60", "60/10", "0/10s", "60/0s", "-1/5s", "60/10m", "6e3/10s", "60/10s/3", "٣/10s"]
)
def test_a_wrong_limit_is_refused(wrong):
    """Anything else is refused with what is expected."""
    with pytest.raises(ValueError, match=r"expected REQUESTS/SECONDSs, such as 3000/300s"):
        limits_from(wrong)


@pytest.mark.parametrize(
    "wrong", [{"people": -1}, {"people": 10**7}, {"fault_share": 1.5}, {"fault_share": float("nan")}]
)
def test_a_wrong_size_is_refused(wrong):
    """A number of people or a share out of range is refused."""
    with pytest.raises(ValueError, match="allowed: 0 to"):
        sandbox.Scale(**wrong)


def test_the_journal_keeps_the_latest_requests(tenant):
    """A sandbox that runs for long drops its oldest requests."""
    journal = Journal()
    entry = Entry(tenant.now(), "tenant", "h", "GET", "/", "", "", None, 200)
    for _ in range(MOST + 20_000):
        journal.add(entry)
    assert MOST <= len(journal.requests) < MOST + 5_000
