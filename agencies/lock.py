"""The second lock: PostgreSQL itself shows a row only to whom the transaction says it is for.

`visible_to` chooses what a person reads; row-level security in the database, beneath it, knows the
same rule. Which person that is stands in settings of the transaction (`set_config(…, true)`), so
they end with it: safe on a connection that is kept, or lent by a pooler. Where nobody is named,
the tables that hold an agency's content are empty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction

from agencies.models import Person, User

Given = ParamSpec("Given")
Made = TypeVar("Made")
# Who reads, as the database is told: a person's number, or one of these.
NOBODY, ANYONE, MACHINE = 0, -1, -2


@dataclass(frozen=True)
class Origin:
    """Where what is done came from; each row of the audit record carries it."""

    request: str = ""
    address: str = ""


@dataclass(frozen=True)
class Reader:
    """Who reads: a person in whatever post they act in now, or in one post whatever they act in."""

    number: int
    post: bool = False


UNNAMED = Reader(NOBODY)
_reader: ContextVar[Reader] = ContextVar("reader", default=UNNAMED)
UNKNOWN = Origin()
_origin: ContextVar[Origin] = ContextVar("origin", default=UNKNOWN)


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """All inside is read and written for `person`; for a stranger, what is TLP:CLEAR alone.

    One transaction, or a part of the one that is open.
    """
    number = person.pk if isinstance(person, User) and person.is_active else None
    with _naming(Reader(number or ANYONE)):
        yield


@contextmanager
def acting_in_post(person: User) -> Iterator[None]:
    """All inside is read and written in the post that `person` carries, while it is live.

    For work that goes on after its request: the person may act in another post meanwhile.
    """
    with _naming(Reader(person.posting_id, post=True)):
        yield


@contextmanager
def machine() -> Iterator[None]:
    """The machine reads its own books, such as what is to be rendered; no agency's content."""
    with _naming(Reader(MACHINE)):
        yield


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """The request that asks for whatever is done inside."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def deed(action: Callable[Given, Made]) -> Callable[Given, Made]:
    """An action: done whole or not at all, and in the database with the rights of `by`.

    Without `by` (the machine's deeds, the first people of a deployment) the reader stays who it is.
    """

    @wraps(action)
    def done(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        by: Any = kwargs.get("by")
        with transaction.atomic() if by is None else acting(by):
            return action(*args, **kwargs)

    return done


@contextmanager
def _naming(reader: Reader) -> Iterator[None]:
    """Name the reader, and afterwards whoever was named before."""
    before = _reader.get()
    if before == reader:
        with transaction.atomic():
            yield
        return
    token = _reader.set(reader)
    try:
        with transaction.atomic():
            _tell(reader)
            yield
            # An error undoes the naming with the savepoint, the end of a transaction with itself.
            if connection.savepoint_ids and not connection.needs_rollback:
                _tell(before)
    finally:
        _reader.reset(token)


def _tell(reader: Reader) -> None:
    origin = _origin.get()
    words = {"aar.request": origin.request, "aar.address": origin.address}
    if settings.LOCK_ROLE:  # where one signs in as another role: test runs
        words["role"] = settings.LOCK_ROLE if reader.number != NOBODY else "none"
    with connection.cursor() as cursor:
        cursor.execute(
            ("SELECT aar_act_in(%s)" if reader.post else "SELECT aar_act_as(%s)")
            + ", set_config(%s, %s, true)" * len(words),
            [reader.number, *(each for word in words.items() for each in word)],
        )
