"""The data directory: what lies where in it, and who may reach it."""

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stack.accounts import Account, name_of, own_name, server_account
from stack.troubles import FULL, Trouble, disk_full

PROJECT = Path(__file__).resolve().parent.parent
SYSTEM_STORE = Path("/var/lib/aar")
# A unix socket's whole path holds 107 bytes; PostgreSQL adds "/.s.PGSQL.5432".
LONGEST_SOCKET_FOLDER = 88
ELSEWHERE = 'make run DATA_DIR="$HOME/aar-data"'


@dataclass(frozen=True)
class Home:
    """One data directory, ready for use."""

    data_dir: Path
    servers: Path
    account: Account

    @property
    def logs(self) -> Path:
        return self.data_dir / "logs"

    @property
    def postgresql(self) -> Path:
        return self.servers / "postgresql"

    @property
    def valkey(self) -> Path:
        return self.servers / "valkey"

    @property
    def sockets(self) -> Path:
        """Where the servers' sockets are; outside the data directory when its path is too long."""
        return (self.servers / "sockets").resolve()

    def server_folder(self, folder: Path) -> Path:
        """Make `folder` for the servers' account alone."""
        folder.mkdir(exist_ok=True)
        self.account.give(folder)
        folder.chmod(0o700)
        return folder

    def lay_sockets(self) -> None:
        """An empty folder for sockets. Call only when no server of this home runs."""
        self.clear_sockets()
        place = self.servers / "sockets"
        if len(os.fsencode(place)) <= LONGEST_SOCKET_FOLDER:
            self.server_folder(place)
            return
        short = Path(tempfile.mkdtemp(prefix="aar-", dir="/tmp"))
        self.account.give(short)
        place.symlink_to(short)

    def clear_sockets(self) -> None:
        """Remove the sockets, and the short folder that a long path needed."""
        place = self.servers / "sockets"
        if place.is_symlink():
            target = place.readlink()
            if target.name.startswith("aar-") and _owned(target, self.account.uid):
                shutil.rmtree(target, ignore_errors=True)
            place.unlink()
        elif place.exists():
            shutil.rmtree(place)

    def delete(self) -> None:
        """Remove everything, wherever it lies. Only throwaway homes are deleted."""
        self.clear_sockets()
        shutil.rmtree(self.servers, ignore_errors=True)
        shutil.rmtree(self.data_dir, ignore_errors=True)


def open_home(data_dir: Path) -> Home:
    """Make `data_dir` if it is not there and find room in it for the servers."""
    data_dir = data_dir.expanduser().resolve()
    account = server_account()
    try:
        _make(data_dir, account)
        os.umask(0o077)
        servers = _servers_folder(data_dir, account)
        home = Home(data_dir, servers, account)
        home.logs.mkdir(exist_ok=True)
    except OSError as error:
        if error.errno in FULL:
            raise disk_full(data_dir) from error
        raise Trouble(
            f"{own_name()} cannot write in {data_dir} ({error.strerror}): name another place:",
            ELSEWHERE,
        ) from error
    return home


def _make(data_dir: Path, account: Account) -> None:
    if not data_dir.exists():
        data_dir.mkdir(parents=True)
        # Others may pass through, as the servers' account must, but see nothing.
        data_dir.chmod(0o711 if account.borrowed else 0o700)
    if not data_dir.is_dir():
        raise Trouble(f"{data_dir} is a file, not a folder: name another place:", ELSEWHERE)
    owner = data_dir.stat().st_uid
    if owner != os.geteuid():
        raise Trouble(
            f"{data_dir} belongs to {name_of(owner)} and you are {own_name()}: "
            f"run as {name_of(owner)}, or name another place:",
            ELSEWHERE,
        )


def _servers_folder(data_dir: Path, account: Account) -> Path:
    """Where the servers keep their files: in the data directory if their account can reach it."""
    place = data_dir / "servers"
    if place.is_symlink() and not place.exists():
        raise Trouble(
            f"The databases of {data_dir} were kept in {place.readlink()}, which is gone. "
            "Put it back, or begin with an empty database:",
            f"rm {place}",
        )
    if not place.exists():
        if account.may_enter(data_dir):
            place.mkdir(mode=0o711)
            place.chmod(0o711)
        else:
            place.symlink_to(_system_folder())
    folder = place.resolve()
    if not account.may_enter(folder):
        raise Trouble(
            f"The account {account.name}, which runs the databases, cannot reach {folder}. "
            "Move the data where it can, and name that place:",
            "make run DATA_DIR=/srv/aar",
        )
    return folder


def _system_folder() -> Path:
    if not SYSTEM_STORE.exists():
        SYSTEM_STORE.mkdir()
        SYSTEM_STORE.chmod(0o711)
    folder = SYSTEM_STORE / secrets.token_hex(6)
    folder.mkdir()
    folder.chmod(0o711)
    return folder


def _owned(path: Path, uid: int) -> bool:
    try:
        return path.lstat().st_uid == uid
    except OSError:
        return False
