"""The tests that are too long for the gate, marked `proof`, each told by its own name."""

import os
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.table import Proof
from stack.throwaway import throwaway

ROOT = Path(__file__).parent.parent
COUNT = re.compile(r"(\d+) passed.* in ([\d.]+)s")


def prove() -> Proof:
    """Whether all of them pass; how many there are, in how many seconds."""
    with throwaway() as servers:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-m", "proof", "-n", "2"],
            cwd=ROOT,
            env=os.environ
            | servers.addresses
            | {"PROOFS": "yes", "DJANGO_SETTINGS_MODULE": "tests.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
    counted = COUNT.search(done.stdout)
    if counted is None:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    figure = f"{counted[1]} tests in {float(counted[2]):.0f} s"
    return Proof("the long tests pass", figure, done.returncode == 0)
