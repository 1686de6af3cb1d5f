"""Asks clamd whether a file carries a virus: the INSTREAM command over a socket.

Whatever is not a clear answer is no answer: the file stays held.
"""

import socket
import struct
import time
from contextlib import closing
from dataclasses import dataclass
from typing import IO

from django.conf import settings

from incidents.choices.files import HeldBecause

PIECE = 1 << 16
LONGEST_ANSWER = 4096
# What clamd "finds" in a file that it did not read to the end.
NOT_READ = "Heuristics.Limits.Exceeded"


@dataclass(frozen=True)
class Verdict:
    """What the scanner found: the name of a signature, or nothing."""

    signature: str = ""


class NoVerdict(Exception):
    """The scanner gave no answer that counts."""

    def __init__(self, because: HeldBecause) -> None:
        self.because = because
        super().__init__(because.value)


def is_asked() -> bool:
    """Whether this deployment has a scanner."""
    return bool(settings.CLAMAV_ADDRESS)


def scan(stream: IO[bytes]) -> Verdict:
    """Send all of `stream`. Raises NoVerdict."""
    deadline = time.monotonic() + settings.CLAMAV_SECONDS
    try:
        with closing(_connected(deadline)) as line:
            line.sendall(b"zINSTREAM\0")
            while piece := stream.read(PIECE):
                line.settimeout(_left(deadline))
                line.sendall(struct.pack(">L", len(piece)) + piece)
            line.sendall(struct.pack(">L", 0))
            return _understood(_answer(line, deadline))
    except TimeoutError as error:
        raise NoVerdict(HeldBecause.SLOW) from error
    except OSError as error:
        # clamd hangs up in the middle of a file that is larger than its own limit.
        if isinstance(error, BrokenPipeError | ConnectionResetError):
            raise NoVerdict(HeldBecause.UNREADABLE) from error
        raise NoVerdict(HeldBecause.AWAY) from error


def _connected(deadline: float) -> socket.socket:
    address: str = settings.CLAMAV_ADDRESS
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_left(deadline))
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_left(deadline))


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _answer(line: socket.socket, deadline: float) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST_ANSWER:
        line.settimeout(_left(deadline))
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        said += piece
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _understood(answer: str) -> Verdict:
    words = answer.removeprefix("stream:").strip()
    if words == "OK":
        return Verdict()
    if words.endswith(" FOUND") and not words.startswith(NOT_READ):
        return Verdict(words.removesuffix(" FOUND").strip()[:150] or "FOUND")
    raise NoVerdict(HeldBecause.UNREADABLE)
