"""Asks the owner of the journal, from a process that checks users. Questions are answered in any order."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol

Message = dict[str, Any]
"""A question: `process`, `number`, `what`, `given`. An answer: `number`, and `answer` or `refused`."""
BEAT = 10.0
"""Seconds after which a process that has heard nothing asks whether the owner is still there."""
SILENCE = 60.0
"""Seconds after which an owner who does not answer that is gone."""


class OwnerGone(Exception):
    """The owner of the journal has ended: nothing more may be done for it."""


class Refused(Exception):
    """The owner refuses what a process asks for: it is late, or the run ends."""


class Transport(Protocol):
    """What carries messages between a process and the owner."""

    def send(self, message: Message) -> None:
        """Send a question."""

    def receive(self, seconds: float) -> Message | None:
        """Return the next answer; None if there is none within that time."""

    def close(self) -> None:
        """Let go of it."""


class Channel:
    """A process's line to the owner. All threads may use it."""

    def __init__(self, process: str, transport: Transport, gone: Callable[[], None] = lambda: None) -> None:
        """Use `transport` as `process`.

        Args:
            gone: called once when the owner is gone, in a thread of the channel.
        """
        self.process = process
        self._transport = transport
        self._gone = gone
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._pending: dict[int, Future[Any]] = {}
        self._over = False
        threading.Thread(target=self._read, name=f"answers-{process}", daemon=True).start()

    def ask(self, what: str, **given: Any) -> Any:  # noqa: ANN401 - JSON values
        """Ask, and wait for the answer.

        Raises:
            OwnerGone: there will be none.
            Refused: the owner refuses.
        """
        return self._sent(what, given).result()

    async def asked(self, what: str, **given: Any) -> Any:  # noqa: ANN401 - JSON values
        """Ask, and wait for the answer while other tasks go on.

        Raises:
            OwnerGone: there will be none.
            Refused: the owner refuses.
        """
        return await asyncio.wrap_future(await asyncio.to_thread(self._sent, what, given))

    def tell(self, what: str, **given: Any) -> None:  # noqa: ANN401 - JSON values
        """Say something that needs no answer.

        Raises:
            OwnerGone: nobody hears it.
        """
        self._send(0, what, given)

    def close(self) -> None:
        """Ask nothing more; whoever waits for an answer gets none."""
        with self._lock:
            over, self._over = self._over, True
            pending, self._pending = self._pending, {}
        for future in pending.values():
            future.set_exception(OwnerGone("the owner of the journal is gone"))
        if not over:
            self._gone()

    def _sent(self, what: str, given: Message) -> Future[Any]:
        number, future = next(self._numbers), Future[Any]()
        with self._lock:
            if self._over:
                raise OwnerGone(what)
            self._pending[number] = future
        self._send(number, what, given)
        return future

    def _send(self, number: int, what: str, given: Message) -> None:
        if self._over:
            raise OwnerGone(what)
        try:
            self._transport.send({"process": self.process, "number": number, "what": what, "given": given})
        except Exception as error:
            self.close()
            raise OwnerGone(str(error)) from error

    def _read(self) -> None:
        """Pass on answers until the owner is silent for too long."""
        heard = time.monotonic()
        try:
            while not self._over:
                if answer := self._transport.receive(BEAT):
                    heard = time.monotonic()
                    self._take(answer)
                elif time.monotonic() - heard > SILENCE:
                    break
                else:
                    self.tell("alive")
        except Exception:  # noqa: BLE001, S110 - whatever breaks the line, nobody answers any more
            pass
        finally:
            self.close()
            self._transport.close()

    def _take(self, answer: Message) -> None:
        with self._lock:
            future = self._pending.pop(answer["number"], None)
        if future is None:
            return
        if why := answer.get("refused"):
            future.set_exception(Refused(why))
        else:
            future.set_result(answer.get("answer"))
