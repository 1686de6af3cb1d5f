"""Each thing that can be wrong beforehand is said in a sentence with the command that mends it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from stack import checks
from stack.accounts import Account
from stack.home import PROJECT, Home, open_home
from stack.postgresql import refuse_other_version
from stack.programs import PostgreSQLPrograms
from stack.servers import Given
from stack.troubles import Trouble


@pytest.fixture
def home(tmp_path) -> Home:
    (tmp_path / "servers" / "postgresql").mkdir(parents=True)
    account = Account("me", os.geteuid(), os.getegid(), borrowed=False)
    return Home(tmp_path, tmp_path / "servers", account)


class TestLibraries:
    def test_missing_ones_are_named_with_their_packages(self):
        with pytest.raises(Trouble, match="lacks libharfbuzz-subset0, needed") as caught:
            checks.check_libraries(lambda name: None if "harfbuzz" in name else name)

        assert caught.value.mend == (
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )

    def test_present_ones_are_enough(self):
        checks.check_libraries(lambda name: name)


class TestFreeSpace:
    def test_too_little_is_refused(self, home):
        with pytest.raises(Trouble, match="Only 120 MB are free") as caught:
            checks.check_free_space(home, lambda _folder: 120_000_000)

        assert "DATA_DIR=" in caught.value.mend

    def test_enough_is_enough(self, home):
        checks.check_free_space(home, lambda _folder: 300_000_000)


class TestPort:
    def test_a_busy_one_is_refused_with_a_free_one(self):
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            with pytest.raises(Trouble, match=f"Port {port} is in use") as caught:
                checks.check_port(port)

        command, _, offered = caught.value.mend.partition("PORT=")
        assert command == "make run "
        assert int(offered) != port

    def test_a_number_that_is_no_port_is_refused(self):
        with pytest.raises(Trouble, match="70000 is not a port"):
            checks.check_port(70000)


class TestOtherVersion:
    def test_data_of_another_postgresql_is_refused(self, home):
        (home.postgresql / "PG_VERSION").write_text("14\n", "ascii")

        with pytest.raises(Trouble, match="made by PostgreSQL 14 and PostgreSQL 18") as caught:
            refuse_other_version(home, PostgreSQLPrograms(Path("/nowhere"), 18))

        assert caught.value.mend == f"mv {home.data_dir} {home.data_dir}.postgresql14"

    def test_data_of_this_postgresql_is_not(self, home):
        (home.postgresql / "PG_VERSION").write_text("18\n", "ascii")

        refuse_other_version(home, PostgreSQLPrograms(Path("/nowhere"), 18))


class TestGivenServers:
    def test_a_database_that_does_not_answer_is_named(self):
        with pytest.raises(Trouble, match="DATABASE_URL is set and does not answer") as caught:
            checks.check_given(Given("postgresql://nobody@127.0.0.1:1/none", None))

        assert caught.value.mend == "env -u DATABASE_URL make run"

    def test_a_broker_that_does_not_answer_is_named(self, tmp_path):
        with pytest.raises(Trouble, match="REDIS_URL is set and does not answer"):
            checks.check_given(Given(None, f"redis+socket://:secret@{tmp_path}/kv.sock"))

    def test_the_servers_of_this_run_answer(self):
        checks.check_given(Given(os.environ["DATABASE_URL"], os.environ["REDIS_URL"]))


class TestDataDirectory:
    def test_a_file_is_refused(self, tmp_path):
        place = tmp_path / "data"
        place.write_text("not a folder", "utf-8")

        with pytest.raises(Trouble, match="is a file, not a folder"):
            open_home(place)

    def test_one_of_somebody_else_is_refused(self, tmp_path, monkeypatch):
        monkeypatch.setattr("stack.home.os.geteuid", lambda: os.getuid() + 1)

        with pytest.raises(Trouble, match=r"belongs to .* and you are"):
            open_home(tmp_path)

    def test_one_that_cannot_be_written_is_refused(self):
        said = subprocess.run(
            [sys.executable, "-m", "stack", "servers", "--data-dir", "/proc/aar"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )

        assert said.returncode == 1
        assert "cannot write in /proc/aar" in said.stderr
        assert "Traceback" not in said.stderr
