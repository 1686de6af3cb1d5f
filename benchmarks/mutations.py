"""Takes one check after the other out of the product, and sees whether a test turns red.

`python -m benchmarks.mutations` tries all; a word picks those whose name holds it. What survives
is listed: nothing would notice if somebody removed that check.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Proof, show_proofs
from stack.throwaway import throwaway

ROOT = Path(__file__).parent.parent
ROOMS = ("audit", "agencies", "incidents", "reviews", "lessons", "bulletins")
DOORS = {"visible_to", "marking_allows", "kept_by"}
GUARDED = re.compile(r"CALL aar_guard(_record|_part|_shares|_eyes)?\(\s*'(\w+)'")
LOCKS = "tests/access/test_two_locks.py", "tests/access/test_parts_locked.py"
RECORD_OF_DEEDS = "audit_event"
# Tables whose policies are no part of a record's, and where they are watched.
WATCHED_APART = {
    RECORD_OF_DEEDS: "tests/audit",
    "incidents_evidence": "tests/incidents/evidence/test_models.py",
}
# What pytest answers when a test failed, and when none did.
RED, GREEN = 1, 0


def policies() -> Iterator[str]:
    """Every public question that the rooms' policies answer with yes or no."""
    for room in ROOMS:
        tree = ast.parse((ROOT / room / "policies.py").read_text())
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef)
                and not node.name.startswith("_")
                and isinstance(node.returns, ast.Name)
                and node.returns.id == "bool"
            ):
                yield f"policy:{room}.policies.{node.name}"


def doors() -> Iterator[str]:
    """Every narrowing of what a person reads."""
    for room in ROOMS:
        single = ROOT / room / "models.py"
        files = [single] if single.exists() else sorted((ROOT / room / "models").glob("*.py"))
        for file in files:
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            for node in ast.parse(file.read_text()).body:
                if isinstance(node, ast.ClassDef) and node.name.endswith("QuerySet"):
                    for method in node.body:
                        if isinstance(method, ast.FunctionDef) and method.name in DOORS:
                            yield f"door:{module}.{node.name}.{method.name}"


def locks() -> Iterator[str]:
    """The reading policies of every table that the database guards.

    Those that say who writes are taken out one by one in `tests/access/test_writing_locked.py`.
    """
    for room in ROOMS:
        for file in sorted((ROOT / room / "migrations").glob("0*.py")):
            for kind, table in GUARDED.findall(file.read_text()):
                yield f"lock:{table}.{'eyes_only' if kind == '_eyes' else 'may_read'}"
    yield f"lock:{RECORD_OF_DEEDS}.may_read"


def watchers(mutant: str) -> list[list[str]]:
    """The tests that should notice, the nearest first: those that name it, then the whole room."""
    kind, _, name = mutant.partition(":")
    if kind == "lock":
        apart = WATCHED_APART.get(name.split(".")[0])
        return [[*LOCKS], *([[apart]] if apart else [])]
    room, short = name.split(".")[0], name.split(".")[-1]
    if kind == "door":
        return [[LOCKS[0]], [f"tests/{room}"], ["tests/aar/test_walls.py"]]
    own = sorted((ROOT / "tests" / room).rglob("test_*.py"))
    near = [str(each.relative_to(ROOT)) for each in own if f"{short}(" in each.read_text()]
    policies_of_it = f"tests/{room}/test_policies.py"
    if not near and (ROOT / policies_of_it).exists():
        near = [policies_of_it]
    return [*([near] if near else []), [f"tests/{room}"]]


def stays_green(mutant: str, files: list[str], addresses: dict[str, str]) -> bool:
    """Whether these tests pass with the check taken out; with none taken out where it is blank."""
    named = {"MUTANT": mutant, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    options = ["-q", "-x", "--reuse-db", "-p", "tests.mutants", "-p", "no:randomly"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-m", "not browser", *files],
        cwd=ROOT,
        env=os.environ | addresses | named,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in {RED, GREEN}:
        raise RuntimeError(f"{mutant}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == GREEN


def survives(mutant: str, addresses: dict[str, str]) -> bool:
    """Whether no test that should notice did."""
    return all(stays_green(mutant, files, addresses) for files in watchers(mutant))


def prove(word: str = "") -> list[Proof]:
    """One proof a kind of check, the survivors named."""
    proofs = []
    with throwaway() as servers:
        kinds = {"policy": policies, "reading door": doors, "policy of the database": locks}
        for kind, find in kinds.items():
            mutants = [each for each in find() if word in each]
            # Red tests notice everything, and show nothing.
            if mutants and not stays_green("", watchers(mutants[0])[0], servers.addresses):
                raise RuntimeError("The tests are red with every check in its place.")
            left = []
            for mutant in mutants:
                lives = survives(mutant, servers.addresses)
                print(f"{'SURVIVED' if lives else 'noticed '} {mutant}", flush=True)
                left += [mutant] if lives else []
            figure = f"{len(mutants) - len(left)} of {len(mutants)} noticed"
            if left:
                figure += f"; survived: {', '.join(left)}"
            if mutants:
                proofs.append(Proof(f"without any one {kind} a test turns red", figure, not left))
    return proofs


if __name__ == "__main__":
    made = prove(*sys.argv[1:2])
    show_proofs(made)
    sys.exit(0 if all(each.holds for each in made) else 1)
