"""`python -m benchmarks.prove`: every proof, on servers of its own."""

import sys
from importlib import import_module

import django

from benchmarks import long_tests, matrix, mutations, proofs_filing
from benchmarks.scene import scene
from benchmarks.table import show_proofs

# What `proofs.absent_broker` starts as another process, in the same scene.
ISSUE_ALONE = "issue-alone"


def main() -> int:
    """Prove and show; 0 when everything held."""
    # These bring servers of their own, and know nothing of the scene.
    proofs = [matrix.prove(), long_tests.prove(), *mutations.prove(), proofs_filing.prove()]
    with scene():
        proofs += import_module("benchmarks.proofs_saving").prove()
        proofs += import_module("benchmarks.proofs").prove()
        proofs += import_module("benchmarks.proofs_rendering").prove()
        proofs += import_module("benchmarks.proofs_copies").prove()
    show_proofs(proofs)
    return 0 if all(proof.holds for proof in proofs) else 1


if __name__ == "__main__":
    if sys.argv[1:] == [ISSUE_ALONE]:
        django.setup()
        import_module("benchmarks.proofs").issue_alone()
    else:
        sys.exit(main())
