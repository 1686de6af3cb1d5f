"""One database that is migrated once in a run; all others of the run are copies of it.

`python -m tests.template` makes it, in a process of its own while the tests are still collected.
It holds a file open under a lock until it ends, well or ill: whoever wants a copy waits for that.
"""

import fcntl
import os
import secrets
import subprocess
import sys
from pathlib import Path

import django
import psycopg
from psycopg import sql

from stack.home import PROJECT

NAME = "TEST_DATABASE_TEMPLATE"
LOG = "TEST_DATABASE_TEMPLATE_LOG"
MADE = "made\n"


def begin(data_dir: Path) -> None:
    """Start to make the template; what the workers need to find it goes into the environment."""
    os.environ[NAME] = f"aar_template_{secrets.token_hex(4)}"
    os.environ[LOG] = str(data_dir / "template.log")
    with Path(os.environ[LOG]).open("wb") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        subprocess.Popen(
            [sys.executable, "-m", "tests.template"],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[log.fileno()],
            start_new_session=True,
        )


def name_when_made() -> str:
    """The template's name, once it is there. Raises AssertionError with what went wrong."""
    with Path(os.environ[LOG]).open("rb") as log:
        fcntl.flock(log, fcntl.LOCK_SH)
        said = log.read().decode(errors="replace")
    assert said.endswith(MADE), said
    return os.environ[NAME]


def drop() -> None:
    """For a server that outlives the run."""
    with psycopg.connect(_owners_address(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name_when_made()))
        )


def address_of(database: str, address: str) -> str:
    """The same server and person, another database."""
    head, _, query = address.partition("?")
    return f"{head.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")


def _owners_address() -> str:
    return os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


def _make() -> None:
    """Tables that belong to their owner, and the product let in, as a deployment is made."""
    with psycopg.connect(_owners_address(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(os.environ[NAME])))
    os.environ["DATABASE_URL"] = address_of(os.environ[NAME], _owners_address())
    os.environ.pop("DATABASE_TESTS_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (after the set-up)

    from aar.ownership import let_product_in  # noqa: PLC0415
    from aar.upgrades import bring_up_to_date  # noqa: PLC0415

    bring_up_to_date()
    let_product_in(settings.LOCK_ROLE)
    sys.stdout.write(MADE)


if __name__ == "__main__":
    _make()
