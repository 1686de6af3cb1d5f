"""Every person at every address with every method: the whole matrix of tests/access."""

import os
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.table import Proof
from stack.throwaway import throwaway

ROOT = Path(__file__).parent.parent
LEAST = 10_000
COUNT = re.compile(r"(\d+) cells at (\d+) addresses in (\d+) s")


def prove() -> Proof:
    """Whether each cell is what the oracle expects; how many there were."""
    name = "every person, address and method answers as the oracle says"
    with throwaway() as servers:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-rP", "-n", "2", "tests/access/test_matrix.py"],
            cwd=ROOT,
            env=os.environ
            | servers.addresses
            | {"WHOLE_MATRIX": "yes", "DJANGO_SETTINGS_MODULE": "tests.settings"},
            capture_output=True,
            text=True,
            check=False,
        )
    halves = COUNT.findall(done.stdout)
    if not halves:
        raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
    cells, places, seconds = ([int(half[part]) for half in halves] for part in range(3))
    figure = f"{sum(cells):,} cells at {sum(places)} addresses in {max(seconds)} s"
    return Proof(name, figure, done.returncode == 0 and sum(cells) >= LEAST)
