"""What an export takes along, by the filters of the list it is asked on, and how far it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from agencies.models import User
from bulletins.choices import BulletinState, ExportItemState, ExportSubject
from bulletins.models import Export, ExportItem
from bulletins.selectors import listed_bulletins
from incidents.columns import DEFAULT
from incidents.forms import read_filters, written
from incidents.selectors import chosen_areas, index
from incidents.views.registers import said
from reviews.selectors import SHOWS, reviews_for
from reviews.views.review import SHOW_WORDS

# How many of somebody's exports the page of them shows.
MOST_SHOWN = 50
COUNTED = Q(items__state=ExportItemState.DONE)


def kept_query(subject: str, query: QueryDict) -> str:
    """The filters of a list as its address says them; whatever else it says is left out."""
    if subject == ExportSubject.INCIDENTS:
        return written(read_filters(query), DEFAULT)
    name, known = {
        ExportSubject.REVIEWS: ("show", SHOWS),
        ExportSubject.BULLETINS: ("state", BulletinState.values),
    }[ExportSubject(subject)]
    said = query.get(name, "")
    return urlencode({name: said}) if said in known else ""


def chosen(user: User, subject: str, query: str, now: datetime) -> "QuerySet[Any, Any]":
    """The records of the list that `user` may read and that match, newest first.

    Of bulletins those that are issued: a draft has no document.
    """
    asked = QueryDict(query)
    if subject == ExportSubject.INCIDENTS:
        found = index.matching(user, read_filters(asked))
        return found.order_by("-sort_date", "-id")
    if subject == ExportSubject.REVIEWS:
        return reviews_for(user, asked.get("show", "all"), now).order_by("-opened_at", "-id")
    bulletins = listed_bulletins(user, state=asked.get("state", ""))
    return bulletins.filter(state=BulletinState.ISSUED).order_by("-composed_at", "-id")


def words_of(subject: str, query: str) -> Iterator[str]:
    """What it is narrowed to, in words of the language of the reader; nothing for the whole."""
    asked = QueryDict(query)
    if subject == ExportSubject.INCIDENTS:
        filters = read_filters(asked)
        yield from (words for _name, words in said(filters, DEFAULT, chosen_areas(filters)))
    elif subject == ExportSubject.REVIEWS and asked.get("show", "all") in SHOW_WORDS:
        yield str(SHOW_WORDS[asked.get("show", "all")])
    elif subject == ExportSubject.BULLETINS and asked.get("state") in BulletinState.values:
        yield str(BulletinState(asked["state"]).label)


def exports_of(user: User) -> "QuerySet[Export]":
    """The person's newest exports, each with `made` of `total`."""
    rows = Export.objects.visible_to(user)
    counted = rows.annotate(total=Count("items"), made=Count("items", filter=COUNTED))
    return counted.order_by("-asked_at", "-pk")[:MOST_SHOWN]


@dataclass(frozen=True)
class Progress:
    """How many documents there are to be, and what became of them so far."""

    total: int
    made: int
    left_out: int
    failed: int

    @property
    def dealt_with(self) -> int:
        """Documents that nothing more is owed of."""
        return self.made + self.left_out + self.failed


def progress_of(export: Export) -> Progress:
    """Counted now."""
    states = dict(export.items.order_by().values_list("state").annotate(n=Count("pk")))
    return Progress(
        total=sum(states.values()),
        made=states.get(ExportItemState.DONE, 0),
        left_out=states.get(ExportItemState.LEFT_OUT, 0),
        failed=states.get(ExportItemState.FAILED, 0),
    )


@dataclass(frozen=True)
class Missing:
    """A document that is not in the file: its record's number where it may still be read, and why.

    Of a record that may not be read any more not even the number is named.
    """

    number: str
    why: str


def missing_from(user: User, export: Export) -> list[Missing]:
    """The documents that are not in the file, in their order."""
    gone = [ExportItemState.LEFT_OUT, ExportItemState.FAILED]
    items = list(export.items.filter(state__in=gone).order_by("position"))
    numbers = _numbers(user, items)
    return [Missing(numbers.get(each.pk, ""), each.why) for each in items]


def _numbers(user: User, items: list[ExportItem]) -> dict[int, str]:
    found: dict[int, str] = {}
    for name in ("incident", "review", "bulletin"):
        model: Any = ExportItem._meta.get_field(name).related_model
        wanted = {getattr(each, f"{name}_id"): each.pk for each in items}
        seen = model.objects.visible_to(user).filter(pk__in=[pk for pk in wanted if pk])
        found |= {wanted[pk]: number for pk, number in seen.values_list("pk", "reference")}
    return found
