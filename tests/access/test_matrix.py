"""Every person at every address with every method: expected by the oracle, found by the resolver.

`make prove` runs it, with `WHOLE_MATRIX=yes`.
"""

import logging
import os
import sys
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
HALVES = 2


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The world and what hangs from it, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        yield world, Children(world)
        transaction.set_rollback(True)


@pytest.mark.skipif(not WHOLE, reason="The whole matrix is long: make prove runs it.")
@pytest.mark.parametrize("half", range(HALVES))
@pytest.mark.django_db
@pytest.mark.timeout(900)
def test_every_person_at_every_address_with_every_method(made, monkeypatch, settings, half):
    settings.FRESH_MINUTES = 60  # the sessions of a long run stay proved
    monkeypatch.setattr(Template, "render", lambda self, *_, **__: str(self.template.name))
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    begun = time.monotonic()
    matrix = Matrix(*made)
    found = addresses()[half::2]

    for address in found:
        matrix.try_address(address, matrix.readers)

    say = sys.stdout.write
    count = matrix.cells.total()
    say(f"\n{count} cells at {len(found)} addresses in {time.monotonic() - begun:.0f} s\n")
    say(", ".join(f"{kind} {number}" for kind, number in sorted(matrix.cells.items())) + "\n")
    assert not matrix.faults, "\n".join(matrix.faults[:20])
    assert min(matrix.cells.values()) > 0
    assert count >= LEAST / HALVES
