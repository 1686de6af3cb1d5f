"""Every person at every address with every method: expected by the oracle, found by the resolver.

In the gate each address is tried by some of the people, in turn; `WHOLE_MATRIX=yes` (as in `make
prove`) tries all of them.
"""

import logging
import os
import time

import pytest
from django.db import transaction
from django.template.backends.django import Template

from tests.access.addresses import addresses
from tests.access.children import Children
from tests.access.matrix import Matrix
from tests.access.world import World

WHOLE = os.environ.get("WHOLE_MATRIX") == "yes"
LEAST = 10_000
# Readers an address in the gate.
SOME = 1


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world and what hangs from it, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        yield world, Children(world)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_every_person_at_every_address_with_every_method(made, monkeypatch, request):
    monkeypatch.setattr(Template, "render", lambda self, *_, **__: str(self.template.name))
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    begun = time.monotonic()
    matrix = Matrix(*made)
    found = addresses()

    for turn, address in enumerate(found):
        matrix.try_address(address, matrix.readers if WHOLE else _in_turn(matrix.readers, turn))

    say = request.config.pluginmanager.get_plugin("terminalreporter").write_line
    count = matrix.cells.total()
    say(f"\n{count} cells at {len(found)} addresses in {time.monotonic() - begun:.0f} s")
    say(", ".join(f"{kind} {number}" for kind, number in sorted(matrix.cells.items())))
    assert not matrix.faults, "\n".join(matrix.faults[:20])
    assert min(matrix.cells.values()) > 0
    assert count >= LEAST or not WHOLE


def _in_turn(readers, turn):
    """Nobody, and a few of the others, so that over the addresses each has their turn."""
    nobody, *others = readers
    return [nobody, *(others[(turn * SOME + step) % len(others)] for step in range(SOME))]
