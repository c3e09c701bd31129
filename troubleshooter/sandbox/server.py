"""Serves a tenant over TLS on one loopback port, in a thread of its own."""

import asyncio
import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from weakref import WeakKeyDictionary

import trustme
import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from troubleshooter.sandbox.app import App
from troubleshooter.sandbox.crowd.crowd import Crowd, crowd_of
from troubleshooter.sandbox.disturbances import is_distrusted
from troubleshooter.sandbox.faults import fault_named
from troubleshooter.sandbox.journal import Journal
from troubleshooter.sandbox.people import ACCOUNTS
from troubleshooter.sandbox.scale import THE_CAST_ALONE, Scale
from troubleshooter.sandbox.sessions import HOME, MY, SHAREPOINT
from troubleshooter.sandbox.sign_in_plan import FEDERATION_HOSTS, LOOKALIKE_HOSTS
from troubleshooter.sandbox.site_content import DEMO_PAGES
from troubleshooter.sandbox.site_hosts import CONTROLLED_LOGIN, INTRANET, OTHER_NAMES
from troubleshooter.sandbox.state import Client, State
from troubleshooter.sandbox.sync import advance
from troubleshooter.sandbox.traffic import Traffic

_NAMES = (
    "localhost", "127.0.0.1", "sandbox.invalid", "*.microsoftonline.com", "*.office.com", "*.office365.com",
    HOME, SHAREPOINT, MY, "*.microsoft.com", "*.loki.delve.office.com",
    "account.activedirectory.windowsazure.com", *FEDERATION_HOSTS, *LOOKALIKE_HOSTS,
    *OTHER_NAMES, CONTROLLED_LOGIN, INTRANET,
)  # fmt: skip


class Running:
    """A tenant that is being served, with the means to control and inspect it."""

    home = "https://www.office.com"
    sharepoint = f"https://{SHAREPOINT}"
    my = f"https://{MY}"
    name = "Contoso"
    accounts: Mapping[str, str] = ACCOUNTS
    pages: tuple[str, ...] = DEMO_PAGES

    def __init__(self, state: State, port: int, spki: str, crowd: Crowd) -> None:
        self.state = state
        self.crowd = crowd
        """The people who were generated beside the cast, and what is true of them."""
        self.port = port
        self.spki = spki

    @property
    def password(self) -> str:
        """The password of every account; a new one in each run unless it was given."""
        return self.state.password

    @property
    def totp_seed(self) -> str | None:
        """Base32 seed of the accounts' codes; None if the tenant file should not contain it."""
        plan, seed = self.state.flags.sign_in, self.state.authenticator.seed
        return (seed[::-1] if plan.totp_wrong else seed) if plan.totp_known else None

    @property
    def federated_hosts(self) -> tuple[str, ...]:
        """Identity providers that the tenant file should list."""
        return self.state.flags.sign_in.known_hosts

    @property
    def subject(self) -> str:
        """UPN of the user whom the faults affect."""
        return self.state.subject

    @property
    def fault(self) -> str:
        """Name of the current fault."""
        return self.state.fault

    @property
    def journal(self) -> Journal:
        """The requests, the user names and the secrets that arrived."""
        return self.state.journal

    @property
    def traffic(self) -> Traffic:
        """What arrived, counted by account and by host."""
        return self.state.traffic

    def now(self) -> datetime:
        """The tenant's time, UTC."""
        return self.state.clock.now()

    def advance(self, seconds: float) -> None:
        """Move the tenant's time forward; copies that become due arrive."""
        advance(self.state, seconds)

    def set_fault(self, name: str) -> None:
        """Fill all stores again, with the fault `name`. Raises ValueError for an unknown name."""
        self.state.become(fault_named(name))


@contextmanager
def running(
    fault: str = "healthy",
    *,
    port: int = 0,
    generation: str = "mailbox",
    password: str | None = None,
    token_prefix: str = "",
    layout: str = "classic",
    page: bytes | None = None,
    scale: Scale = THE_CAST_ALONE,
) -> Iterator[Running]:
    """Serve the tenant until the block ends. See the package's `running`."""
    fault_ = fault_named(fault)
    crowd = crowd_of(scale.people, seed=scale.seed, fault_share=scale.fault_share)
    state = State(
        fault_,
        generation=generation,
        password=password,
        token_prefix=token_prefix,
        layout=layout,
        page=page,
        population=crowd.population(),
        limits=scale.limits,
    )
    with _listening(port) as listener:
        context, spki = _certificate()
        server = _Server(App(state), state, context)
        thread = threading.Thread(target=server.serve_until_stopped, args=(listener,), name="sandbox", daemon=True)
        thread.start()
        server.is_up.wait(10)
        try:
            yield Running(state, listener.getsockname()[1], spki, crowd)
        finally:
            server.should_exit = True
            thread.join(5)


class _Server(uvicorn.Server):
    """A uvicorn server for a thread: it reports when it is up, and leaves no connection behind."""

    def __init__(self, app: App, state: State, context: ssl.SSLContext) -> None:
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,  # the application sends the tenant's time instead
            timeout_keep_alive=60,
            timeout_graceful_shutdown=1,
            ssl_context_factory=lambda *_: context,
        )
        super().__init__(config)
        self.is_up = threading.Event()
        self._state = state
        self._server_names: WeakKeyDictionary[ssl.SSLObject, str] = WeakKeyDictionary()
        context.sni_callback = self._note_server_name
        self._stranger, _ = _certificate()

    def serve_until_stopped(self, listener: socket.socket) -> None:
        """Run the event loop of this thread."""
        asyncio.run(self._serve_all(listener))

    async def _serve_all(self, listener: socket.socket) -> None:
        # A browser may close a connection at any time.
        asyncio.get_running_loop().set_exception_handler(lambda _loop, _context: None)
        self._state.stopping = asyncio.Event()
        await self.serve(sockets=[listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._state.hang_up = self._hang_up_on
        self._state.server_name = self._server_name_of
        self.is_up.set()

    def _note_server_name(self, tls: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> None:
        if name:
            self._server_names[tls] = name.lower()
        if is_distrusted(self._state, name):
            tls.context = self._stranger

    def _server_name_of(self, client: Client | None) -> str | None:
        for connection in self.server_state.connections:
            if client and getattr(connection, "client", None) == client:
                transport = _transport_of(connection)
                return self._server_names.get(transport.get_extra_info("ssl_object")) if transport else None
        return None

    def _hang_up_on(self, client: Client) -> None:
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == client:
                _hang_up(connection)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        assert self._state.stopping is not None
        self._state.stopping.set()
        # Closing TLS politely waits for the other side to respond; a busy browser would delay the shutdown.
        for connection in list(self.server_state.connections):
            _hang_up(connection)
        await super().shutdown(sockets)
        await asyncio.sleep(0)


def _transport_of(connection: object) -> asyncio.Transport | None:
    transport: asyncio.Transport | None = getattr(connection, "transport", None)
    return transport


def _hang_up(connection: object) -> None:
    transport = _transport_of(connection)
    if transport is not None:
        transport.abort()


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    # Declared as TCP, because only then does asyncio send small responses immediately (otherwise 40 ms later).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    with contextlib.closing(listener):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        yield listener


def _certificate() -> tuple[ssl.SSLContext, str]:
    """Return a context with a new certificate, and the base64 SHA-256 of its public key."""
    issued = trustme.CA(organization_name="Contoso sandbox").issue_cert(*_NAMES)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issued.configure_cert(context)
    leaf = x509.load_pem_x509_certificate(issued.cert_chain_pems[0].bytes())
    key = leaf.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return context, base64.b64encode(sha256(key).digest()).decode()
