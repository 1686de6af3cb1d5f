"""The product as it runs: web server, worker and beat as processes of their own."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from stack import signins
from tests import template

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
LEAD = "investigator@bl-police.example"
ACT_AS = "SELECT aar_act_as(id) FROM agencies_user WHERE email = %s"
TURN_BACK = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    if "{word}" in session:
        session["{word}"] -= 3 * 60 * 60
        session.save()
"""
FORGET_LAST_CODE = """
UPDATE mfa_authenticator a SET data = a.data - 'last_step'
    FROM agencies_user u WHERE u.id = a.user_id AND u.email = %s
"""


@dataclass
class Product:
    """A running product on a database and a data directory of its own."""

    data_dir: Path
    address: str = ""
    signins: list[dict[str, str]] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    used_steps: dict[str, int] = field(default_factory=dict)

    def start(self) -> None:
        """Make the database, load the examples, start everything, wait until it answers."""
        port = free_port()
        # A security key is asked for a host by name; a bare address is none.
        self.address = f"http://localhost:{port}"
        self.environment = {
            **os.environ,
            **new_database(os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]),
            "DATA_DIR": str(self.data_dir),
            "DJANGO_SETTINGS_MODULE": "aar.settings",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "EXAMPLE_MODE": "yes",
            "OIDC_ISSUER": "",
            "SAML_ISSUER": "",
            "BEHIND_TLS": "no",
            "ALLOWED_HOSTS": "localhost",
        }
        self.run("manage.py", "prepare")
        self.signins = json.loads((self.data_dir / "signins.json").read_text("utf-8"))
        self.launch_web()
        self.launch_worker()
        self.launch_beat()
        self.wait_until_it_answers()

    def launch_web(self) -> None:
        """The web server, at its address."""
        port = self.address.rpartition(":")[2]
        self.launch(
            "web",
            *("-m", "gunicorn", "aar.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--worker-class", "gthread", "--threads", "4", "--workers", "1"),
            "--no-control-socket",
        )

    def launch_worker(self) -> None:
        """A Celery worker with one child."""
        self.launch("worker", "-m", "celery", "-A", "aar", "worker", "--concurrency", "1")

    def launch_beat(self) -> None:
        """The clock that sweeps what was missed."""
        self.launch("beat", "-m", "celery", "-A", "aar", "beat", "-s", str(self.data_dir / "beat"))

    def launch(self, name: str, *words: str) -> None:
        """Start one process; what it says goes into a log."""
        with (self.data_dir / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, *words],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def run(self, *words: str) -> str:
        """Run one command to its end; what it said."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, question: str, *values: object, reader: str = LEAD) -> list[tuple[Any, ...]]:
        """What the database holds and lets `reader` see."""
        with psycopg.connect(self.environment["DATABASE_OWNER_URL"]) as connection:
            connection.execute(ACT_AS, [reader])
            return connection.execute(question, values).fetchall()

    def wait_until_it_answers(self) -> None:
        """Raises when the web server does not answer in time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.address}/readyz", timeout=2) as answer:  # noqa: S310
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise AssertionError((self.data_dir / "web.log").read_text("utf-8")[-3000:])

    def kill(self, name: str) -> None:
        """End one process and its children at once, as a power cut would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End everything that was started."""
        for process in self.processes.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def code_of(self, person: dict[str, str]) -> str:
        """Six digits that this person has not used yet.

        A person in a test signs in more often than codes come, and no half-minute is waited for:
        the product forgets which of this person's codes was the last.
        """
        email, now = person["email"], int(time.time()) // 30
        step = max(now, self.used_steps.get(email, 0) + 1)
        if step > now + 1:
            with psycopg.connect(self.environment["DATABASE_OWNER_URL"]) as connection:
                connection.execute(FORGET_LAST_CODE, [email])
            step = now
        self.used_steps[email] = step
        return signins.code(self.data_dir / "signins.json", email, at=step * 30)

    def last_code_of(self, person: dict[str, str]) -> str:
        """The digits that this person used last."""
        step = self.used_steps[person["email"]]
        return signins.code(self.data_dir / "signins.json", person["email"], at=step * 30)

    def let_sessions_lie_idle(self) -> None:
        """Turn the clock of every open session back by three hours."""
        self.run("manage.py", "shell", "-v0", "-c", TURN_BACK.format(word="seen"))

    def let_proofs_go_stale(self) -> None:
        """Make every proof three hours old."""
        self.run("manage.py", "shell", "-v0", "-c", TURN_BACK.format(word="proved"))

    def sign_in_of(self, agency: str, role: str) -> dict[str, str]:
        """E-mail and password of the example person with this role in this agency."""
        prefix = role.lower().replace("_", "-")
        email = f"{prefix}@{agency.lower()}.example"
        return next(row for row in self.signins if row["email"] == email)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_database(product: str, owner: str) -> dict[str, str]:
    """A database without a row on the server of these addresses: its addresses, by name."""
    name = f"aar_browser_{secrets.token_hex(4)}"
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template.name_when_made()}"')
    return {
        "DATABASE_URL": template.address_of(name, product),
        "DATABASE_OWNER_URL": template.address_of(name, owner),
    }
