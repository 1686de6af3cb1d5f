"""Rows that many tests look at: made once, taken back after the last of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction

Made = TypeVar("Made")


@contextmanager
def taken_back(blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """For a fixture of a module: what `make` makes stays until the block ends.

    A test that asks for `db` as well writes into a savepoint of its own within.
    """
    with blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        made = make()
    yield made
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
