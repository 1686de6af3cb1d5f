"""The real servers that a test run gets."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from stack.home import PROJECT
from stack.processes import is_running
from stack.throwaway import Throwaway, throwaway
from stack.valkey import answers


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether `true` becomes so in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="module")
def servers() -> Iterator[Throwaway]:
    with throwaway() as running:
        yield running


class TestTheRoleOfTheProduct:
    def test_is_bound_by_row_level_security(self, servers):
        with psycopg.connect(servers.addresses["DATABASE_URL"]) as connection:
            row = connection.execute(
                "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin "
                "FROM pg_roles WHERE rolname = current_user"
            ).fetchone()

        assert row == ("aar", False, False, False, False, True)

    def test_changes_no_tables(self, servers):
        with (
            psycopg.connect(servers.addresses["DATABASE_URL"]) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("CREATE TABLE mine (n int)")

    def test_is_not_the_owner_who_can_add_trusted_extensions(self, servers):
        with psycopg.connect(servers.addresses["DATABASE_OWNER_URL"]) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            owner = connection.execute(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
            ).fetchone()

        assert owner == ("aar_owner",)

    def test_is_refused_without_its_password(self, servers):
        address = servers.addresses["DATABASE_URL"]
        secret = address.split(":")[2].split("@")[0]

        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(address.replace(secret, "guess"))

    def test_does_not_know_the_superusers_password(self, servers):
        passwords = (servers.data_dir / "passwords.json").read_text("utf-8")
        secret = servers.addresses["DATABASE_URL"].split(":")[2].split("@")[0]

        assert passwords.count(secret) == 1
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(servers.addresses["DATABASE_URL"].replace("aar:", "keeper:"))


class TestTheServers:
    def test_listen_on_no_port(self, servers):
        with psycopg.connect(servers.addresses["DATABASE_URL"]) as connection:
            row = connection.execute("SHOW listen_addresses").fetchone()

        assert row == ("",)
        assert {path.name for path in (servers.data_dir / "servers/sockets").iterdir()} == {
            ".s.PGSQL.5432",
            ".s.PGSQL.5432.lock",
            "kv.sock",
        }

    def test_keep_their_secrets_from_others(self, servers):
        mode = (servers.data_dir / "passwords.json").stat().st_mode

        assert mode & 0o777 == 0o600

    def test_valkey_wants_a_password(self, servers):
        place = servers.data_dir / "servers" / "sockets" / "kv.sock"
        secret = servers.addresses["REDIS_URL"].split(":")[2].split("@")[0]

        assert answers(place, secret)
        assert not answers(place, "guess")

    @pytest.mark.skipif(os.geteuid() != 0, reason="only root borrows an account for the servers")
    def test_do_not_run_as_root(self, servers):
        cluster = servers.data_dir / "servers" / "postgresql"
        pid = int((cluster / "postmaster.pid").read_text("utf-8").splitlines()[0])

        assert Path(f"/proc/{pid}").stat().st_uid == cluster.stat().st_uid != 0


class TestAKilledTestRun:
    def test_leaves_neither_servers_nor_files(self):
        starts_and_waits = (
            "from stack.throwaway import start_throwaway; import time;"
            "s = start_throwaway(); print(s.helper.pid, s.data_dir, flush=True); time.sleep(60)"
        )
        run = subprocess.Popen(
            [sys.executable, "-c", starts_and_waits], cwd=PROJECT, stdout=subprocess.PIPE, text=True
        )
        assert run.stdout
        helper, folder = run.stdout.readline().split()
        place = Path(folder) / "servers" / "sockets" / "kv.sock"
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(place))

        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()

        assert within(10, lambda: not is_running(int(helper)))
        assert not Path(folder).exists()
