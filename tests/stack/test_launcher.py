"""One data directory, run, killed and run again: the servers alone, as real processes."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from stack.home import PROJECT
from stack.processes import is_running


class Launcher:
    """`python -m stack servers` on one data directory."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> dict[str, str]:
        """Start and wait until the addresses are published."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stack", "servers", "--data-dir", str(self.data_dir)],
            cwd=PROJECT,
            env=own_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert "stack.json" in line, line + self.process.stdout.read()
        addresses: dict[str, str] = json.loads((self.data_dir / "stack.json").read_text("utf-8"))
        return addresses

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait; the exit code."""
        assert self.process
        assert self.process.stdout
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.process.stdout.close()
        return code

    def pids(self) -> list[int]:
        """What the launcher wrote down as its own."""
        entries = json.loads((self.data_dir / "processes.json").read_text("utf-8"))
        return [entry["pid"] for entry in entries]


def own_environment() -> dict[str, str]:
    """The environment without the servers of this test run."""
    return {name: os.environ[name] for name in os.environ if name not in LEFT_OUT}


LEFT_OUT = {
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_TESTS_URL",
    "REDIS_URL",
    "CACHE_URL",
    "DATA_DIR",
    "SECRET_KEY",
}


def ask(addresses: dict[str, str], query: str) -> object:
    with psycopg.connect(addresses["DATABASE_OWNER_URL"]) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone() if cursor.description else None


@pytest.fixture
def launcher() -> Iterator[Launcher]:
    with tempfile.TemporaryDirectory(prefix="aar-launcher-") as folder:
        Path(folder).chmod(0o711)
        runner = Launcher(Path(folder) / "data")
        yield runner
        if runner.process and runner.process.poll() is None:
            runner.end(signal.SIGTERM)


class TestServers:
    def test_stop_in_order_and_keep_their_data(self, launcher):
        first = launcher.start()
        ask(first, "CREATE TABLE kept AS SELECT 7 AS number")
        pids = launcher.pids()

        assert launcher.end(signal.SIGTERM) == 0

        assert not any(is_running(pid) for pid in pids)
        assert not (launcher.data_dir / "stack.json").exists()
        assert ask(launcher.start(), "SELECT number FROM kept") == (7,)

    def test_start_again_after_the_launcher_was_killed(self, launcher):
        first = launcher.start()
        ask(first, "CREATE TABLE kept AS SELECT 7 AS number")
        pids = launcher.pids()

        launcher.end(signal.SIGKILL)
        second = launcher.start()

        assert ask(second, "SELECT number FROM kept") == (7,)
        assert not set(pids) & set(launcher.pids())
        assert not any(is_running(pid) for pid in pids)

    @pytest.mark.proof
    def test_start_when_pid_files_name_a_strangers_process(self, launcher):
        launcher.start()
        launcher.end(signal.SIGTERM)
        stranger = subprocess.Popen(["/bin/sleep", "60"])
        entry = {"name": "postgresql", "pid": stranger.pid, "farewell": [[2, 1.0]]}
        (launcher.data_dir / "processes.json").write_text(json.dumps([entry]), "utf-8")
        pid_file = launcher.data_dir / "servers" / "postgresql" / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n/elsewhere\n", "utf-8")

        launcher.start()

        assert stranger.poll() is None
        stranger.kill()
        stranger.wait()

    @pytest.mark.proof
    def test_move_their_sockets_when_the_path_is_too_long(self, launcher):
        launcher.data_dir = launcher.data_dir / ("long" * 20) / "data"

        addresses = launcher.start()
        folder = (launcher.data_dir / "servers" / "sockets").resolve()

        assert not folder.is_relative_to(launcher.data_dir)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert ask(addresses, "SELECT 1") == (1,)
        launcher.end(signal.SIGTERM)
        assert not folder.exists()

    def test_refuse_a_directory_that_is_in_use(self, launcher):
        launcher.start()

        second = subprocess.run(
            [sys.executable, "-m", "stack", "servers", "--data-dir", str(launcher.data_dir)],
            cwd=PROJECT,
            env=own_environment(),
            capture_output=True,
            text=True,
            check=False,
        )

        assert second.returncode == 1
        assert f"already in use at servers only by process {launcher.process.pid}" in second.stderr
        assert "Traceback" not in second.stderr

    def test_say_so_when_one_of_them_dies(self, launcher):
        launcher.start()
        valkey = launcher.pids()[-1]

        os.kill(valkey, signal.SIGKILL)
        said, _ = launcher.process.communicate(timeout=30)

        assert "valkey ended by itself" in said
        assert launcher.process.returncode == 1
        assert not (launcher.data_dir / "processes.json").exists()
