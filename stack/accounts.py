"""Who the servers run as: the caller, or an unprivileged account when the caller is root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from stack.troubles import Trouble

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of the system. `borrowed` is true where it is not the caller's own."""

    name: str
    uid: int
    gid: int
    borrowed: bool

    @property
    def user(self) -> int | None:
        """What to hand to a new process as its user, if that is to change."""
        return self.uid if self.borrowed else None

    @property
    def group(self) -> int | None:
        return self.gid if self.borrowed else None

    @property
    def extra_groups(self) -> list[int] | None:
        return [] if self.borrowed else None

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can pass through `folder`, by whatever rule the system applies."""
        return self.succeeds(["/usr/bin/test", "-x", str(folder)])

    def succeeds(self, command: list[str]) -> bool:
        """Whether `command`, run as this account, can be started and ends well."""
        try:
            done = subprocess.run(
                command,
                cwd="/",
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                user=self.user,
                group=self.group,
                extra_groups=self.extra_groups,
            )
        except OSError:
            return False
        return done.returncode == 0

    def give(self, path: Path) -> None:
        """Hand `path`, which the launcher just made, to this account alone."""
        if self.borrowed:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_account() -> Account:
    """The account for PostgreSQL, which refuses to run as root, and for Valkey."""
    if os.geteuid() != 0:
        return Account(own_name(), os.geteuid(), os.getegid(), borrowed=False)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid, borrowed=True)
    raise Trouble(
        "PostgreSQL does not run as root and there is no account postgres or nobody:",
        "useradd --system postgres",
    )


def own_name() -> str:
    """The name of the account that called the launcher."""
    return name_of(os.geteuid())


def name_of(uid: int) -> str:
    """The name of an account, or its number where it has no name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
