"""`python -m benchmarks`: every case, or those whose module is named."""

import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.scene import scene
from benchmarks.table import Case, keep_cases, show_cases

MODULES = (
    *("record", "register", "loading", "rendering", "queueing", "reading_aloud"),
    *("locks", "absence", "reviewing", "filing", "first_view", "covering", "looking"),
    *("copying", "taking_away", "exporting"),  # it empties the register
)


def main() -> int:
    """Measure and show; 0 when every target holds."""
    wanted = [name for name in sys.argv[1:] if name in MODULES] or MODULES
    cases: list[Case] = []
    with scene():
        for name in wanted:
            measure: Callable[[], list[Case]] = import_module(f"benchmarks.{name}").measure
            found = measure()
            show_cases(found)
            cases += found
            keep_cases(cases)
    return 0 if all(case.holds is not False for case in cases) else 1


if __name__ == "__main__":
    sys.exit(main())
