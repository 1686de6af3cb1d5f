"""The workers' jobs as an admin sees them: how many, how long, and why not.

The books are read as the machine reads them, narrowed to what the admin keeps; titles are asked of
the records themselves, so an admin who may not read a bulletin sees a job without a name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.lock import machine
from agencies.models import User
from agencies.page_marking import PageMarking, marking_of
from bulletins.choices import RenderingState
from bulletins.models import Brief, Bulletin, Rendering, RenderingQuerySet, Worker
from bulletins.models.rendering import SUBJECTS
from bulletins.workers import ALIVE_FOR

MOST = 25
MOST_TIMED = 1000
DONE_SHOWN = timedelta(days=1)
FAILED_SHOWN = timedelta(days=7)


@dataclass(frozen=True)
class Job:
    """One document that is, was or could not be made."""

    rendering: Rendering
    # Of the record, where its reader may see that; else nothing but what it is.
    name: str
    kind: str
    # Why it failed, in a sentence.
    because: str
    product: Bulletin | Brief | None = None

    @property
    def seconds(self) -> float | None:
        """From claim to stored file."""
        begun, ended = self.rendering.claimed_at, self.rendering.finished_at
        return round((ended - begun).total_seconds(), 1) if begun and ended else None


@dataclass(frozen=True)
class Jobs:
    """All that the page shows."""

    workers: Sequence[Worker]
    waiting: Sequence[Job]
    how_many_wait: int
    running: Sequence[Job]
    failed: Sequence[Job]
    done: Sequence[Job]
    how_many_done: int
    # Of what was done in the last day, from claim to stored file; None where nothing was.
    median_seconds: float | None

    @property
    def marking(self) -> PageMarking | None:
        """As high as the highest record that the page names."""
        parts = (self.waiting, self.running, self.failed, self.done)
        return marking_of([job.product for part in parts for job in part if job.product])

    @property
    def in_short(self) -> str:
        """The page in a sentence."""
        there = ngettext("One worker is there.", "%(n)d workers are there.", len(self.workers))
        wait = ngettext("One document waits.", "%(n)d documents wait.", self.how_many_wait)
        if not self.workers:
            there = _("No worker is there: nothing is made until one is started.")
        if not self.how_many_wait:
            wait = _("No document waits.")
        return f"{there % {'n': len(self.workers)}} {wait % {'n': self.how_many_wait}}"


def jobs_of(user: User, *, now: datetime, because: Callable[[str], str]) -> Jobs:
    """What the workers do for whom this admin keeps; nothing for anybody else.

    `because` puts the code of a failure into words.
    """
    with machine():
        mine = Rendering.objects.visible_to(user).select_related("agency")
        waiting = mine.filter(state=RenderingState.WAITING)
        done = mine.filter(state=RenderingState.DONE, finished_at__gt=now - DONE_SHOWN)
        shown = {
            "waiting": list(waiting.order_by("priority", "queued_at", "pk")[:MOST]),
            "running": list(mine.filter(state=RenderingState.RENDERING).order_by("claimed_at")),
            "failed": _failed(mine, now),
            "done": list(done.order_by("-finished_at")[:MOST]),
        }
        counts = waiting.count(), done.count()
        times = _times(done)
        workers = list(Worker.objects.filter(seen_at__gt=now - ALIVE_FOR).order_by("name"))
    named = _named(user, [each for rows in shown.values() for each in rows], because)
    return Jobs(
        workers=workers,
        how_many_wait=counts[0],
        how_many_done=counts[1],
        median_seconds=round(median(times), 1) if times else None,
        **{part: [named[each.pk] for each in rows] for part, rows in shown.items()},
    )


def _failed(mine: RenderingQuerySet, now: datetime) -> list[Rendering]:
    """What failed lately and nobody has had made again since."""
    same = reduce(or_, (Q(**{name: OuterRef(name)}) for name in SUBJECTS))
    later = Rendering.objects.filter(same, pk__gt=OuterRef("pk"))
    rows = mine.filter(state=RenderingState.FAILED, finished_at__gt=now - FAILED_SHOWN)
    return list(rows.filter(~Exists(later)).order_by("-finished_at")[:MOST])


def _times(done: QuerySet[Rendering]) -> list[float]:
    """Seconds of the latest documents, from claim to stored file."""
    took = done.filter(claimed_at__isnull=False).order_by("-finished_at")
    spans = took.values_list(F("finished_at") - F("claimed_at"), flat=True)[:MOST_TIMED]
    return [each.total_seconds() for each in spans]


def _named(user: User, rows: Iterable[Rendering], because: Callable[[str], str]) -> dict[int, Job]:
    """Each row with the name of its record, as far as the person may read that."""
    rows = list(rows)
    bulletins = Bulletin.objects.visible_to(user).defer("content")
    briefs = Brief.objects.visible_to(user).defer("content")
    by_bulletin = bulletins.in_bulk({each.bulletin_id for each in rows if each.bulletin_id})
    by_brief = briefs.in_bulk({each.brief_id for each in rows if each.brief_id})
    jobs = {}
    for each in rows:
        product = by_bulletin.get(each.bulletin_id or 0) or by_brief.get(each.brief_id or 0)
        jobs[each.pk] = Job(
            rendering=each,
            name=product.title if product else "",
            kind=_("Bulletin") if each.bulletin_id else _("Brief"),
            because=because(each.error),
            product=product,
        )
    return jobs
