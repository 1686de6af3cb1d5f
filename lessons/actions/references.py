"""Numbers that people say aloud: L-0001, L-0002, without gaps for those who wait."""

from django.db import connection
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from lessons.models import Lesson

# Any number, the same in every process: held until the transaction ends.
NUMBERING_LOCK = 7_310_001


def take_turn() -> None:
    """One drawing at a time, so that no number is given twice and a second click finds the first.

    To be called in the transaction that draws.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])


def next_reference() -> str:
    """The number after the highest given out. Call `take_turn` first."""
    number = Cast(Substr("reference", 3), IntegerField())
    last = Lesson.objects.filter(reference__regex=r"^L-\d{4,9}$").aggregate(last=Max(number))
    return f"L-{(last['last'] or 0) + 1:04}"
