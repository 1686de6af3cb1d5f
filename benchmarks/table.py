"""Cases and proofs as a table on the screen and as JSON beside it."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One measured figure beside its target; `target` is blank for orientation only."""

    case: str
    size: str
    value: float
    unit: str
    target: str
    holds: bool | None


@dataclass(frozen=True)
class Proof:
    """One thing that was broken on purpose, and whether the product stood."""

    name: str
    figure: str
    holds: bool


def at_most(limit: float, case: str, size: str, value: float, unit: str) -> Case:
    """A case that holds while its value is not above `limit`."""
    return Case(case, size, round(value, 3), unit, f"≤ {limit:g}", value <= limit)


def at_least(limit: float, case: str, size: str, value: float, unit: str) -> Case:
    """A case that holds while its value is not below `limit`."""
    return Case(case, size, round(value, 3), unit, f"≥ {limit:g}", value >= limit)


def for_orientation(case: str, size: str, value: float, unit: str) -> Case:
    """A figure without a target."""
    return Case(case, size, round(value, 3), unit, "", None)


@dataclass(frozen=True)
class Pair:
    """Both sides of a ratio, taken turn by turn, so that noise falls on both alike."""

    ours: list[float]
    theirs: list[float]

    @property
    def ratio(self) -> float:
        """The median of each turn's ratio: a slow spell of the machine cancels out in its turn."""
        turns = zip(self.ours, self.theirs, strict=True)
        return statistics.median(ours / theirs for ours, theirs in turns)


def interleaved(
    ours: Callable[[], object],
    theirs: Callable[[], object],
    *,
    rounds: int,
    clock: Callable[[], float] = process_time,
) -> Pair:
    """Milliseconds of each side, turn by turn; a first turn warms both and is not counted."""
    times = Pair([], [])
    for turn in range(rounds + 1):
        for taken, side in ((times.ours, ours), (times.theirs, theirs)):
            begun = clock()
            side()
            if turn:
                taken.append((clock() - begun) * 1000)
    return times


def wall_ms(deed: Callable[[], object]) -> float:
    """Milliseconds on the clock on the wall."""
    begun = perf_counter()
    deed()
    return (perf_counter() - begun) * 1000


def show_cases(cases: Sequence[Case]) -> None:
    """Print a part of the table."""
    for case in cases:
        holds = {True: "holds", False: "MISSED", None: ""}[case.holds]
        print(
            f"{case.case:<58} {case.size:>16} {case.value:>10.3f} {case.unit:<6}"
            f" {case.target:<8} {holds}",
            flush=True,
        )


def keep_cases(cases: Sequence[Case]) -> None:
    """Write `latest.json`."""
    _write("latest.json", [asdict(case) for case in cases])


def show_proofs(proofs: Sequence[Proof]) -> None:
    """Print a line each and write `proofs.json`."""
    for proof in proofs:
        print(f"{proof.name:<72} {proof.figure:>26}  {'holds' if proof.holds else 'FAILED'}")
    _write("proofs.json", [asdict(proof) for proof in proofs])


def _write(name: str, rows: list[dict[str, object]]) -> None:
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")
