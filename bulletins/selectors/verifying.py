"""How a printed number and hash, or a file, stand on the register. What differs, and what is not
there, answer alike: nobody learns by trying what has been issued."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from agencies.models.marking import Person
from bulletins.inputs import Examined, Seal
from bulletins.models import Brief, Bulletin


class Verdict(StrEnum):
    """What the page says first."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    ALTERED = "altered"
    # The record is on the register; nothing seals the file that names it.
    UNSEALED = "unsealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """The verdict; the newest edition; the record, for a reader who may open it anyway."""

    verdict: Verdict
    newest: int = 0
    record: Bulletin | Brief | None = None


UNKNOWN = Finding(Verdict.UNKNOWN)


def finding_of_code(person: Person, number: str, digits: str) -> Finding:
    """Of a number and at least 16 digits of its hash, as they are printed."""
    return _found(person, number=number, digits=digits) or UNKNOWN


def finding_of_file(person: Person, seen: Examined) -> Finding:
    """Of a file: the very one that was stored, or one that bears the seal of the deployment."""
    same = _found(person, file=seen.digest)
    if same:
        return same
    known = _found(person, number=seen.number, digits=seen.record) if seen.record else None
    if seen.seal == Seal.WHOLE:
        return known or UNKNOWN
    if seen.seal == Seal.UNASKED and known:
        return Finding(Verdict.UNSEALED)
    if seen.seal == Seal.BROKEN or known:
        return Finding(Verdict.ALTERED)
    return UNKNOWN


def _found(person: Person, *, number: str = "", digits: str = "", file: str = "") -> Finding | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bulletins_verified(%s, %s, %s)", [number, digits, file])
        row = cursor.fetchone()
    if row is None:
        return None
    bulletin, brief, edition, newest, is_withdrawn = row
    verdict = Verdict.CURRENT
    if is_withdrawn:
        verdict = Verdict.WITHDRAWN
    elif newest > edition:
        verdict = Verdict.SUPERSEDED
    return Finding(verdict, newest, _opened(person, bulletin, brief))


def _opened(person: Person, bulletin: int | None, brief: int | None) -> Bulletin | Brief | None:
    if not person.is_authenticated:
        return None
    if bulletin:
        return Bulletin.objects.visible_to(person).filter(pk=bulletin).first()
    return Brief.objects.visible_to(person).filter(pk=brief or 0).first()
