"""The operator is asked for codes at the terminal, and can interrupt the program instead of answering."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROMPT = b"Code: "
ASKS = """
import sys
from troubleshooter.cli.prompt import AtTerminal
from troubleshooter.cli.signals import until_ended
from troubleshooter.model.message import message

try:
    answer = until_ended(lambda: AtTerminal().ask(message("Code: "), hidden=sys.argv[1] == "hidden"))
    sys.exit(0 if answer.reveal() == "123456" else 9)
except KeyboardInterrupt:
    sys.exit(5)
"""


def _take_terminal() -> None:
    import fcntl  # noqa: PLC0415

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture(params=["hidden", "visible"])
def asking(request):
    """Ask for a code at a terminal; yield the process and both ends of its terminal once the question is shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", ASKS, request.param],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 - this test has no threads
    )
    seen = b""
    while PROMPT not in seen:
        seen += os.read(ours, 1024)
    yield process, ours, theirs
    process.kill()
    process.wait(10)
    os.close(theirs)
    os.close(ours)


def test_an_answer_is_accepted(asking):
    """The text typed before Enter is the answer."""
    process, ours, _ = asking
    os.write(ours, b"123456\n")
    assert 0 == process.wait(20)


def test_an_interrupted_question_ends_at_once(asking):
    """Ctrl-C ends a question immediately, without Enter, and the terminal echoes again afterwards."""
    process, _, theirs = asking
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert 5 == process.wait(20)
    assert time.monotonic() - began < 5
    assert termios.tcgetattr(theirs)[3] & termios.ECHO
