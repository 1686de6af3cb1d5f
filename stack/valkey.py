"""One Valkey (or Redis) over a unix socket: the broker that rings and the cache."""

import os
import signal
import socket
from pathlib import Path

from stack.home import Home
from stack.passwords import Passwords
from stack.patience import Patience
from stack.processes import Ledger
from stack.programs import valkey_program
from stack.troubles import from_log

DATABASES = 64
SAVE_THEN_AT_ONCE = ((signal.SIGTERM, 10.0),)
LONGEST_START = 60


def start_valkey(
    home: Home, passwords: Passwords, ledger: Ledger, patience: Patience, *, throwaway: bool
) -> Path:
    """Start the server and return the path of its socket."""
    program = valkey_program(home)
    home.server_folder(home.valkey)
    place = home.sockets / "kv.sock"
    settings = [
        "port 0",
        f'unixsocket "{place}"',
        "unixsocketperm 700",
        f"requirepass {passwords.broker}",
        f'dir "{home.valkey}"',
        f"databases {DATABASES}",
        'save ""',
        f"appendonly {'no' if throwaway else 'yes'}",
        "maxmemory-policy noeviction",
        "",
    ]
    child = ledger.start(
        "valkey",
        [str(program), "-"],
        farewell=SAVE_THEN_AT_ONCE,
        environment={"PATH": os.defpath, "LC_ALL": "C"},
        folder=home.valkey,
        account=home.account,
        feed="\n".join(settings).encode(),
    )

    def ready() -> bool:
        if not child.alive:
            raise from_log("Valkey did not start.", child.log)
        return answers(place, passwords.broker)

    if not patience.until(ready, LONGEST_START):
        raise from_log("Valkey does not answer.", child.log)
    return place


def answers(place: Path, password: str) -> bool:
    """Whether the server at this socket has loaded its data and takes commands."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(place))
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            heard = b""
            while heard.count(b"\r\n") < 2 and (part := line.recv(256)):
                heard += part
    except OSError:
        return False
    return b"+PONG" in heard
