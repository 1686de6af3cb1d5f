"""Asks the product at every address, as every person, with every method, and judges the answers.

Pages are not drawn here: what is compared is the status, where one is sent, and which template
answers. That the drawn bodies of unseen and unknown are alike is shown by tests/aar/test_walls.py.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.db.models import Max
from django.test import Client, RequestFactory

from agencies.models import User
from audit.choices import Verb
from audit.models import Event
from tests.access.addresses import Address
from tests.access.children import NOWHERE, Children, Target
from tests.access.rights import PAGES, PUBLIC, may_do, may_open
from tests.access.world import PersonFacts, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TELLING = {"GET", "POST"}
DOORS = ("/sign-in/", "/reference/login/")
REFUSED = {401, 403, 404, 405}
# What the record notes of an attempt, or of reading.
NO_DEEDS = (Verb.RECORD_READ, Verb.ACCESS_REFUSED, Verb.SHARING_REFUSED)
# The reference pages send their keeper back to the list; so do those that end what is one's own,
# whether there was anything to end or not.
SENDS_BACK = {"category", "own_session", "own_identity"}
# Pages that do nothing but show what they are asked for.
SHOWN = ("_detail", "-detail", "review_read", "_rendering", "evidence_original", "record_life")


@dataclass(frozen=True)
class Answer:
    """All that an answer tells, but for the path that was asked."""

    status: int
    location: str
    body: bytes
    # What the record says was done.
    deeds: tuple[str, ...] = ()

    def is_refusal(self) -> bool:
        """Sent to the door, or told no."""
        return self.status in REFUSED or (self.status == 302 and self.location.startswith(DOORS))


@dataclass
class Reader:
    """A person with a session that is open; None for nobody."""

    facts: PersonFacts | None
    session: str
    words: str


class Matrix:
    """The cells that were tried, and what was wrong in them."""

    def __init__(self, world: World, children: Children) -> None:
        self.children = children
        self.cells: Counter[str] = Counter()
        self.faults: list[str] = []
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._factory = RequestFactory()
        self._turn = 0
        self._known: dict[tuple[Address, str, str | None], Answer] = {}
        cleared = [
            each
            for each in world.people
            if each.clearance == "CONFIDENTIAL"
            or (each.clearance == "UNMARKED" and each.role == "INVESTIGATOR")
        ]
        self.readers = [
            Reader(None, "", "nobody"),
            *(Reader(world.facts_of(each), _session(each), str(each)) for each in cleared),
        ]
        self._first = {each.role: each.pk for each in reversed(cleared)}

    def try_address(self, address: Address, readers: list[Reader]) -> None:
        """Every method at one address for these readers."""
        for reader in readers:
            if address.kind:
                self._try_record(address, reader)
            else:
                self._try_page(address, reader)

    def _methods(self, reader: Reader) -> Iterator[str]:
        """Reading and doing for everybody; what no page takes, for nobody and one of each role."""
        first = reader.facts is None or self._first[reader.facts.role] == reader.facts.number
        yield from (each for each in METHODS if first or each in TELLING)

    def _try_page(self, address: Address, reader: Reader) -> None:
        name = address.name
        path = address.filled(NOWHERE, {})
        for method in self._methods(reader):
            answer = self._ask(method, path, reader)
            self.cells["page"] += 1
            wrong = answer.status >= 500
            if reader.facts is None and name not in PUBLIC:
                wrong = not answer.is_refusal()
            elif reader.facts and path.startswith("/reference/") and method in TELLING:
                wrong |= reader.facts.role != "SYSTEM_ADMIN" and answer.status == 200
            elif reader.facts and name in PAGES and method == "GET":
                may = reader.facts.role in PAGES[name]
                wrong |= may == answer.is_refusal()
            self._note(wrong, f"{method} {path} for {reader.words}: {answer.status}")

    def _try_record(self, address: Address, reader: Reader) -> None:
        targets = self.children.targets[address.kind]
        nowhere = {part: NOWHERE for part in address.params if part.endswith("_pk")}
        parts = dict(targets[0].parts) if targets else nowhere
        for method in self._methods(reader):
            absent = self._absent(address, method, parts, reader)
            harmless = absent.is_refusal() or method == "OPTIONS" or address.kind in SENDS_BACK
            where = f"{method} {address.template} for {reader.words}"
            self._note(not harmless, f"{where}: what is not there answers {absent.status}")
            for target, readable in self._sample(targets, reader, method):
                answer = self._ask(
                    method, address.filled(target.number, dict(target.parts)), reader
                )
                self.cells["seen" if readable else "unseen"] += 1
                fault = _fault(address, reader, method, target, readable, answer, absent)
                self._note(bool(fault), f"{where}, {target.record or target.number}: {fault}")

    def _absent(
        self, address: Address, method: str, parts: dict[str, int], reader: Reader
    ) -> Answer:
        """What an id that is not there answers: to everybody of a role the same."""
        key = (address, method, reader.facts and reader.facts.role)
        if key not in self._known:
            self.cells["absent"] += 1
            self._known[key] = self._ask(method, address.filled(NOWHERE, parts), reader)
        return self._known[key]

    def _sample(
        self, targets: list[Target], reader: Reader, method: str
    ) -> Iterator[tuple[Target, bool]]:
        """A record that this reader may see and, where a page may take the method, one that not.

        Which one it is goes round, so that all states, levels and shares have their turn. A method
        that no page takes is tried on one.
        """

        def readable(target: Target) -> bool:
            return bool(may_open(reader.facts, target))

        for seen, found in groupby(sorted(targets, key=readable), key=readable):
            same = list(found)
            self._turn += 1
            yield same[self._turn * 7 % len(same)], seen
            if method not in TELLING:
                return

    def _ask(self, method: str, path: str, reader: Reader) -> Answer:
        request: Any = self._factory.generic(method, path)
        request._dont_enforce_csrf_checks = True
        if reader.session:
            request.COOKIES[settings.SESSION_COOKIE_NAME] = reader.session
        with transaction.atomic():
            last = _last_event() if method == "POST" else 0
            response: Any = self._handler.get_response(request)
            deeds = _deeds_since(last) if method == "POST" else ()
            transaction.set_rollback(True)
        body = b"" if response.streaming else response.content
        # As the test client does: the end of a request must not close the world's connection.
        request_finished.disconnect(close_old_connections)
        response.close()
        request_finished.connect(close_old_connections)
        where = response.get("Location", "")
        if len(path) > 1:
            where = where.replace(f"={path}", "=")
            body = body.replace(path.encode(), b"")
        return Answer(response.status_code, where, body, deeds)

    def _note(self, wrong: bool, fault: str) -> None:
        if wrong:
            self.faults.append(fault)


def _fault(
    address: Address,
    reader: Reader,
    method: str,
    target: Target,
    readable: bool,
    answer: Answer,
    absent: Answer,
) -> str:
    if answer.status >= 500:
        return f"fails with {answer.status}"
    if not readable:
        return "" if answer == absent else f"unseen answers {answer}, unknown {absent}"
    if method == "GET" and address.name.endswith(SHOWN) and answer.status in REFUSED:
        return f"may be read, and answers {answer.status}"
    if answer.deeds and target.record and reader.facts:
        allowed = may_do(reader.facts, address.name, target.record)
        return "" if allowed else f"did {answer.deeds} without the right to"
    return ""


def _last_event() -> int:
    return Event.everything.aggregate(last=Max("pk"))["last"] or 0


def _deeds_since(last: int) -> tuple[str, ...]:
    found = Event.objects.filter(pk__gt=last).exclude(verb__in=NO_DEEDS)
    return tuple(found.values_list("verb", flat=True))


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
