"""Numbers of products: LB-2026-0007, counted by kind and year without a gap for a refused deed."""

from django.db import connection
from django.db.models import Max

from bulletins.models import Brief, Bulletin


def next_number(model: type[Bulletin] | type[Brief], prefix: str, year: int) -> str:
    """The next free number. Waits for whoever takes one at the same moment, until they commit."""
    start = f"{prefix}-{year}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [start])
    rows = model._default_manager.filter(reference__startswith=start)
    last = rows.aggregate(last=Max("reference"))["last"]
    number = int(last.removeprefix(start)) + 1 if last else 1
    return f"{start}{number:04d}"
