"""Makes the virtual environment: `python3 stack/environment.py requirements.lock`.

Runs with the system's Python before anything is installed, so it imports nothing but the standard
library and no other module of this package.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

PROJECT = Path(__file__).resolve().parent.parent
FOLDER = PROJECT / ".venv"
STAMP = FOLDER / "installed"
# Installs nothing but what the lock names, each file by its hash.
AS_LOCKED = ("--no-deps", "--require-hashes")
# Which lock pins uv; it is installed beside the packages of any.
PINS_UV = "requirements-dev.lock"
# What pip is told by its environment, as uv wants to hear it.
LIKE_PIP = {
    "PIP_INDEX_URL": "UV_DEFAULT_INDEX",
    "PIP_EXTRA_INDEX_URL": "UV_INDEX",
    "PIP_FIND_LINKS": "UV_FIND_LINKS",
    "PIP_CERT": "SSL_CERT_FILE",
}
# What pip says when it reached no registry, and at no other time.
NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "NameResolutionError",
    "Network is unreachable",
)


def main(locks: list[str]) -> int:
    """Bring `.venv` to the first of `locks`; a `.venv` that is at any of them already will do."""
    python = FOLDER / "bin" / "python"
    if _stamp_says(locks) and _works(python):
        return 0
    if not _succeeds([sys.executable, "-c", "import ensurepip, venv"]):
        return say(
            "Python cannot make virtual environments here (run this as root):",
            "apt-get install python3-venv",
        )
    print(f"Installing {locks[0]} into .venv; this takes a minute, once.", flush=True)
    made = _run([sys.executable, "-m", "venv", "--clear", str(FOLDER)])
    if made.returncode:
        return explain(made.stdout + made.stderr)
    lock = str(PROJECT / locks[0])
    if not _by_uv(python, lock):
        done = _by_pip(python, lock)
        if done.returncode:
            return explain(done.stderr)
    STAMP.write_text(_digest(locks[0]), "ascii")
    return 0


def _by_pip(python: Path, lock: str) -> "subprocess.CompletedProcess[str]":
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "2"]
    return _run([*pip, "install", "--quiet", *AS_LOCKED, "-r", lock])


def _by_uv(python: Path, lock: str) -> bool:
    """Whether uv, which the lock for work pins, installed it: in seconds, where pip takes a minute.

    uv does not read what pip is told of its registry; where that makes it fail, pip does the work.
    """
    pinned = _pin_of_uv((PROJECT / PINS_UV).read_text())
    with NamedTemporaryFile("w", suffix=".lock") as alone:
        alone.write(pinned)
        alone.flush()
        if _by_pip(python, alone.name).returncode:
            return False
    uv = [str(python.parent / "uv"), "--quiet", "pip", "install", "--python", str(python)]
    told = {ours: os.environ[pips] for pips, ours in LIKE_PIP.items() if os.environ.get(pips)}
    return _run([*uv, *AS_LOCKED, "-r", lock], **told).returncode == 0


def _pin_of_uv(lock: str) -> str:
    """The lines of a lock that say which uv, with its hashes."""
    lines = lock.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("uv=="))
    end = next((at for at in range(start, len(lines)) if not lines[at].endswith("\\")), start)
    return "\n".join(lines[start : end + 1]) + "\n"


def explain(said: str) -> int:
    """Say in a sentence why the packages could not be installed."""
    if "No space left on device" in said:
        return say(f"The disk that holds {PROJECT} is full: make room on it:", f"df -h {PROJECT}")
    if any(word in said for word in NO_NETWORK):
        return say(
            "The package registry does not answer: connect to the network, then:", "make run"
        )
    if "DO NOT MATCH THE HASHES" in said:
        return say("A package is not the one that the lock file names; nothing was installed.")
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["no reason was given"]
    reason = next((line for line in lines if line.startswith("ERROR:")), lines[-1])
    return say(f"The packages could not be installed: {reason}")


def say(sentence: str, mend: str = "") -> int:
    """Print what is wrong and the command that mends it; the result is the exit code."""
    print(f"{sentence}\n    {mend}" if mend else sentence, file=sys.stderr)
    return 1


def _stamp_says(locks: list[str]) -> bool:
    return STAMP.exists() and STAMP.read_text("ascii") in map(_digest, locks)


def _digest(lock: str) -> str:
    return hashlib.sha256((PROJECT / lock).read_bytes()).hexdigest()


def _works(python: Path) -> bool:
    return python.exists() and _succeeds([str(python), "-c", "pass"])


def _succeeds(command: list[str]) -> bool:
    return _run(command).returncode == 0


def _run(command: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
