"""What is looked at before anything starts; a fault is a sentence and the command that mends it."""

import ctypes.util
import errno
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import psycopg

from stack.home import Home
from stack.servers import Given
from stack.troubles import Trouble

LEAST_FREE = 300_000_000
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
INSTALL_LIBRARIES = f"apt-get install {' '.join(LIBRARIES.values())}"


def free_bytes(folder: Path) -> int:
    """The room that is left where `folder` lies."""
    return shutil.disk_usage(folder).free


def check_libraries(find: Callable[[str], str | None] = ctypes.util.find_library) -> None:
    """The libraries that lay out PDFs must be on the system; pip cannot bring them."""
    missing = [package for name, package in LIBRARIES.items() if not find(name)]
    if missing:
        raise Trouble(
            f"The system lacks {', '.join(missing)}, needed to make PDFs (run this as root):",
            INSTALL_LIBRARIES,
        )


def check_free_space(home: Home, free: Callable[[Path], int] = free_bytes) -> None:
    """A database that runs out of room in the middle of its work is worse than one that waits."""
    for folder in {home.data_dir, home.servers}:
        left = free(folder)
        if left < LEAST_FREE:
            raise Trouble(
                f"Only {left // 1_000_000} MB are free where {folder} lies, and "
                f"{LEAST_FREE // 1_000_000} MB are needed: make room, or keep the data elsewhere:",
                "make run DATA_DIR=/another/disk/aar",
            )


def check_port(port: int) -> None:
    """The web server must get its port."""
    if not 0 < port < 65536:
        raise Trouble(f"{port} is not a port; name one from 1024 to 65535:", "make run PORT=8000")
    error = _refusal(port)
    if error is None:
        return
    other = next((free for free in range(port + 1, min(port + 50, 65536)) if not _refusal(free)), 0)
    if error.errno == errno.EADDRINUSE:
        sentence = f"Port {port} is in use by another program: name another one:"
    else:
        sentence = f"The system does not give out port {port} ({error.strerror}): name another one:"
    raise Trouble(sentence, f"make run PORT={other or 8000}")


def check_given(named: Given) -> None:
    """Servers that the environment names must answer before anything is built on them."""
    if named.database:
        try:
            psycopg.connect(named.database, connect_timeout=5).close()
        except psycopg.Error as error:
            reason = _reason(str(error))
            raise Trouble(
                f"DATABASE_URL is set and does not answer ({reason}). Mend it, or do without:",
                "env -u DATABASE_URL make run",
            ) from error
    if named.broker:
        try:
            _knock(urlsplit(named.broker))
        except (OSError, ValueError) as error:
            raise Trouble(
                f"REDIS_URL is set and does not answer ({error}). Mend it, or do without:",
                "env -u REDIS_URL make run",
            ) from error


def _reason(said: str) -> str:
    """What PostgreSQL's client said last, without the question that it adds."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = [line for line in lines if not line.endswith("?")] or ["it does not say why"]
    return told[-1]


def _refusal(port: int) -> OSError | None:
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error
    return None


def _knock(address: SplitResult) -> None:
    """Connect and hang up."""
    if address.hostname and "socket" not in address.scheme and address.scheme != "unix":
        socket.create_connection((address.hostname, address.port or 6379), timeout=5).close()
        return
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(5)
        line.connect(unquote(address.path))
