"""What is open to anyone: issued, TLP:CLEAR, unmarked, current, and not withdrawn."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models.expressions import RawSQL

from bulletins.choices import BulletinState, Language
from bulletins.models import Bulletin
from bulletins.models.bulletin import BulletinQuerySet
from core import keyset

AT_ONCE = 50
PUBLIC_ORDER = ("issued_at", "id")


def open_to_all() -> BulletinQuerySet:
    """The same for everybody, whoever asks."""
    return (
        Bulletin.objects.visible_to(AnonymousUser())
        .filter(state=BulletinState.ISSUED, pk__in=RawSQL("SELECT bulletins_public()", []))
        .select_related("agency")
        .defer("content")
    )


def public_page(*, language: str = "", cursor: str = "") -> keyset.Page[Bulletin]:
    """One page of them, newest first, of one language or of all. Raises BadCursor."""
    rows = open_to_all()
    if language in Language.values:
        rows = rows.filter(language=language)
    return keyset.page(rows, PUBLIC_ORDER, cursor=cursor, size=AT_ONCE)


def last_changed() -> datetime | None:
    """When a bulletin was last put on the public page or taken off it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bulletins_public_changed()")
        row: tuple[datetime | None] = cursor.fetchone()
    return row[0]
