# ruff: noqa: T201 - a script that prints its result
"""Measure the sandbox with many people: `python -m tests.bench.scale.sandbox [--people 1000,10000] [--requests 2000]`.

For each number of people, prints how long the sandbox takes to start and how much memory it has then. With the last of
them, requests pictures and data over TLS, as a signed-in colleague with two connections, and prints for each kind of
request how much time of a processor the server takes, and how many it answers in a second.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import multiprocessing
import re
import resource
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from urllib.parse import quote, urlencode

from troubleshooter.sandbox.server import Running
from troubleshooter.sandbox.sessions import LOGIN
from troubleshooter.tenant.sandbox import sandbox
from troubleshooter.tenant.sandbox_scale import scale_of

HELPDESK = "helpdesk@contoso.com"
SHAREPOINT, OUTLOOK = "contoso.sharepoint.com", "outlook.office.com"
KINDS = ("userphoto L", "userphoto M", "mailbox 240", "properties", "page of twelve", "placeholder")


def addresses(kind: str, box: Running) -> Iterator[tuple[str, str]]:
    """Yield hosts and paths of one kind of request, each for another person."""
    people = [person for person in box.crowd.people if person.upn not in box.crowd.kinds]
    if kind == "page of twelve":
        yield from ((SHAREPOINT, page.path) for page in box.crowd.pages)
    if kind == "placeholder":
        people = [box.state.people["ioana.badea@contoso.com"]] * len(people)
    for person in people:
        name = quote(person.upn)
        if kind.startswith(("userphoto", "placeholder")):
            size = kind[-1] if kind[-1] in "LM" else "M"
            yield SHAREPOINT, f"/_layouts/15/userphoto.aspx?{urlencode({'size': size, 'accountname': person.upn})}"
        elif kind == "mailbox 240":
            yield OUTLOOK, f"/owa/service.svc/s/GetPersonaPhoto?email={name}&UA=0&size=HR240x240"
        elif kind == "properties":
            account = quote(f"i:0#.f|membership|{person.upn}".replace("'", "''"))
            yield SHAREPOINT, f"/_api/SP.UserProfiles.PeopleManager/GetPropertiesFor(accountName=@v)?@v='{account}'"


def ask(port: int, cookie: str, wanted: list[tuple[str, str]], out: object) -> None:
    """Request everything over one connection to each host, following redirects; put the number of requests in `out`."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    lines = {host: http.client.HTTPSConnection("127.0.0.1", port, context=context) for host in (SHAREPOINT, OUTLOOK)}
    made = 0
    for host, path in wanted:
        target: str | None = path
        while target:
            lines[host].request("GET", target, headers={"Host": host, "Cookie": cookie, "Accept": "application/json"})
            answer = lines[host].getresponse()
            body, target, made = answer.read(), answer.getheader("location"), made + 1
            assert target or (answer.status == 200 and body), (answer.status, path)
            target = target.removeprefix(f"https://{host}") if target else None
    out.put(made)  # type: ignore[attr-defined]


def measured(box: Running, kind: str, cookie: str, requests: int) -> tuple[int, int, float, float]:
    """Return the number of people, of requests, the seconds of processor time and the seconds."""
    wanted = list(islice(addresses(kind, box), requests))
    start_method = multiprocessing.get_context("spawn")
    out = start_method.Queue()
    halves = (wanted[::2], wanted[1::2])
    clients = [start_method.Process(target=ask, args=(box.port, cookie, half, out)) for half in halves]
    for client in clients:
        client.start()
    while not box.journal.requests or box.journal.requests[-1].user != HELPDESK:
        threading.Event().wait(0.01)
    busy, began = time.process_time(), time.perf_counter()
    made = sum(out.get() for _ in clients)
    spent = time.process_time() - busy, time.perf_counter() - began
    for client in clients:
        client.join()
    return len(wanted), made, *spent


def session(box: Running) -> str:
    """Return the cookies of a session of the helpdesk: signing in is not what is measured."""
    for host in (SHAREPOINT, OUTLOOK, LOGIN):
        box.state.sessions.hosts[host, "bench"] = HELPDESK
    return "FedAuth=bench; OWA.SID=bench"


def memory() -> int:
    """Return the most memory that this process has had, in MB."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", default="1000,10000")
    options.add_argument("--requests", type=int, default=2000)
    chosen = options.parse_args()
    sizes = [int(size) for size in re.split(r"\D+", chosen.people)]
    for size in sizes:
        gc.collect()
        began = time.perf_counter()
        with sandbox("healthy", scale=scale_of(size)) as box:
            print(f"{size} people: started in {time.perf_counter() - began:.1f} s, {memory()} MB", flush=True)
            for kind in KINDS if size == sizes[-1] else ():
                people, made, busy, seconds = measured(box, kind, session(box), chosen.requests)
                print(
                    f"{kind:15} {people} × {made / people:.0f} requests: {1000 * busy / people:.1f} ms of a processor "
                    f"each, {made / seconds:.0f} requests a second, {memory()} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
