"""The product's own processes, started by name: prepare, web, worker, beat."""

import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from stack import healthy
from stack.home import PROJECT, Home
from stack.passwords import secret_key_file, signing_key_file
from stack.patience import Patience
from stack.processes import Child, Ledger
from stack.signing import signing_files
from stack.troubles import from_log

HOST = "127.0.0.1"
LONGEST_START = 90
# The owner of the tables migrates, and signs in for nothing else.
NOT_FOR_ALL = ("DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE")
# A worker told to end finishes its task; told again it hands the task back to the broker.
ASK_THEN_HAND_BACK = ((signal.SIGTERM, 4.0), (signal.SIGQUIT, 4.0))
FINISH_PAGES = ((signal.SIGTERM, 6.0),)


def product_environment(
    home: Home, base: Mapping[str, str], addresses: Mapping[str, str]
) -> dict[str, str]:
    """The environment of the product's processes: the caller's, completed for a run at home."""
    hosts = f"{HOST},localhost,{socket.gethostname().lower()}"
    usual = {"EXAMPLE_MODE": "yes", "BEHIND_TLS": "no", "ALLOWED_HOSTS": hosts}
    environment = {**usual, **base, **addresses}
    for name in NOT_FOR_ALL:
        environment.pop(name, None)
    environment.update(DATA_DIR=str(home.data_dir), DJANGO_SETTINGS_MODULE="aar.settings")
    environment["PYTHONUNBUFFERED"] = "1"
    if not (base.get("SECRET_KEY") or base.get("SECRET_KEY_FILE")):
        environment["SECRET_KEY_FILE"] = str(secret_key_file(home.data_dir))
    if not (base.get("AUDIT_SIGNING_KEY") or base.get("AUDIT_SIGNING_KEY_FILE")):
        environment["AUDIT_SIGNING_KEY_FILE"] = str(signing_key_file(home.data_dir))
    if not base.get("BULLETIN_SIGNING_FILE"):
        files = signing_files(home.data_dir)
        environment["BULLETIN_SIGNING_FILE"] = str(files.key)
        environment["BULLETIN_SIGNING_PASSPHRASE_FILE"] = str(files.passphrase)
        environment["BULLETIN_CERTIFICATES"] = str(files.certificates)
    return environment


def owner_environment(base: Mapping[str, str], addresses: Mapping[str, str]) -> dict[str, str]:
    """Where the owner of the tables signs in, if the environment or the launcher names it."""
    known = {**base, **addresses}
    return {name: known[name] for name in NOT_FOR_ALL if name in known}


@dataclass(frozen=True)
class Product:
    """What the product's processes have in common."""

    home: Home
    ledger: Ledger
    patience: Patience
    environment: Mapping[str, str]
    # What the one process that migrates knows beyond that.
    for_owner: Mapping[str, str]
    port: int

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def prepare(self) -> None:
        """Migrate, load what must be there, collect the static files; its lines are shown."""
        child = self._start(
            "prepare",
            [sys.executable, "manage.py", "prepare"],
            FINISH_PAGES,
            show=True,
            also=self.for_owner,
        )
        while child.alive:
            self.patience.pause(0.05)
        self.ledger.stop(child)
        if child.process.returncode:
            raise from_log("The database could not be prepared.", child.log)

    def start(self) -> None:
        """Start worker, beat and web, and wait until web and worker answer."""
        node = f"aar-{self.port}@{socket.gethostname()}"
        celery = [sys.executable, "-m", "celery", "-A", "aar"]
        options = ["--concurrency", "1", "--hostname", node, "--loglevel", "INFO"]
        options += ["--without-gossip", "--without-mingle"]
        worker = self._start("worker", [*celery, "worker", *options], ASK_THEN_HAND_BACK)
        schedule = self.home.data_dir / "beat-schedule"
        self._start(
            "beat",
            [*celery, "beat", "--schedule", str(schedule), "--pidfile=", "--loglevel", "INFO"],
            FINISH_PAGES,
        )
        web = self._start("web", self._web_command(), FINISH_PAGES)
        self._wait_for(web, self._web_answers)
        self._wait_for(worker, lambda: says(worker.log, f"{node} ready.", since=worker.log_start))

    def watch(self) -> None:
        """Return when a stop is asked for. Raises Trouble when a process ended by itself."""
        while True:
            self.patience.pause(0.3)
            self._refuse_dead()

    def _start(
        self,
        name: str,
        command: list[str],
        farewell: tuple[tuple[int, float], ...],
        *,
        show: bool = False,
        also: Mapping[str, str] = MappingProxyType({}),
    ) -> Child:
        return self.ledger.start(
            name,
            command,
            farewell=farewell,
            environment={**self.environment, **also},
            folder=PROJECT,
            show=show,
        )

    def _web_command(self) -> list[str]:
        options = ["--bind", f"{HOST}:{self.port}", "--worker-class", "gthread"]
        options += ["--workers", "2", "--threads", "4", "--graceful-timeout", "3"]
        options += ["--no-control-socket", "--error-logfile", "-"]
        return [sys.executable, "-m", "gunicorn", "aar.wsgi:application", *options]

    def _wait_for(self, child: Child, answers: Callable[[], bool]) -> None:
        def answers_or_dies() -> bool:
            self._refuse_dead()
            return answers()

        if not self.patience.until(answers_or_dies, LONGEST_START):
            raise from_log(f"The {child.name} process does not answer.", child.log)

    def _refuse_dead(self) -> None:
        if dead := self.ledger.first_dead():
            raise from_log(
                f"The {dead.name} process ended by itself; all else was stopped.", dead.log
            )

    def _web_answers(self) -> bool:
        return healthy.answers(self.port, self.environment["ALLOWED_HOSTS"])


def says(log: Path, sentence: str, *, since: int) -> bool:
    """Whether a log says `sentence` after its byte `since`."""
    with log.open("rb") as file:
        file.seek(since)
        return sentence.encode() in file.read()
