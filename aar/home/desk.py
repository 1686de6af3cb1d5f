"""The desk of an agency's release officer or admin: from lesson to issued and answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aar.home.owed import Owed
from aar.home.widenings import consents_to_give, widenings_to_decide
from agencies.models import User
from agencies.page_marking import PageMarking, marking_of
from bulletins.choices import Ask, BulletinState, RenderingState
from bulletins.models import Brief, Bulletin, BulletinLesson, Receipt, Rendering
from core import text
from lessons.models import Lesson

MOST = 20


@dataclass(frozen=True)
class Unanswered:
    """An agency that has not yet done what a release asked, and by when it should."""

    receipt: Receipt
    what: str
    due: date | datetime | None


@dataclass(frozen=True)
class Job:
    """A document that is being made, or could not be."""

    rendering: Rendering
    title: str
    ref: str
    url: str
    shape: str


@dataclass(frozen=True)
class Desk:
    """All that the desk shows."""

    drafts: Sequence[Bulletin]
    jobs: Sequence[Job]
    unanswered: Sequence[Unanswered]
    unused: Sequence[Lesson]
    owed: Sequence[Owed]
    sentence: str

    @property
    def marking(self) -> PageMarking | None:
        """As high as the highest record that the page names."""
        products = (job.rendering.bulletin or job.rendering.brief for job in self.jobs)
        return marking_of(
            [
                *self.drafts,
                *(product for product in products if product),
                *(each.receipt.bulletin for each in self.unanswered),
                *self.unused,
                *(each.shows for each in self.owed),
            ]
        )


def desk_of(user: User, *, today: date) -> Desk:
    """What this desk has to do."""
    own = Bulletin.objects.visible_to(user).filter(agency_id=user.agency_id)
    drafts = list(own.filter(state=BulletinState.DRAFT).order_by("-composed_at", "-id")[:MOST])
    jobs = [_job(each) for each in _jobs(user, own)]
    unanswered = [_unanswered(each) for each in _receipts(own)]
    unused = list(_unused(user, own)[:MOST])
    owed = [*widenings_to_decide(user), *consents_to_give(user)]
    failed = sum(job.rendering.state == RenderingState.FAILED for job in jobs)
    late = sum(each.due is not None and text.local_day(each.due) < today for each in unanswered)
    return Desk(
        drafts,
        jobs,
        unanswered,
        unused,
        owed,
        _sentence(len(drafts), failed, len(unanswered), late, len(unused)),
    )


def _jobs(user: User, own: QuerySet[Bulletin]) -> QuerySet[Rendering]:
    """Documents in the making, and failures that nobody has tried again."""
    briefs = Brief.objects.visible_to(user).filter(agency_id=user.agency_id)
    later = Rendering.objects.filter(
        Q(bulletin=OuterRef("bulletin")) | Q(brief=OuterRef("brief")), pk__gt=OuterRef("pk")
    )
    going = Q(state__in=[RenderingState.WAITING, RenderingState.RENDERING])
    return (
        Rendering.objects.filter(Q(bulletin__in=own) | Q(brief__in=briefs))
        .filter(going | (Q(state=RenderingState.FAILED) & ~Exists(later)))
        .select_related("bulletin", "brief")
        .order_by("-requested_at", "-id")[:MOST]
    )


def _job(rendering: Rendering) -> Job:
    product = rendering.bulletin or rendering.brief
    if product is None:
        raise ValueError(rendering)
    failed = rendering.state == RenderingState.FAILED
    return Job(
        rendering=rendering,
        title=product.title,
        ref=product.reference,
        url=product.get_absolute_url(),
        shape="late" if failed else "progress",
    )


def _receipts(own: QuerySet[Bulletin]) -> QuerySet[Receipt]:
    """Receipts of the agency's releases that are still short of what was asked."""
    unacknowledged = ~Q(release__ask=Ask.READ) & Q(acknowledged_at=None)
    unacted = Q(release__ask=Ask.ACT, acted_at=None, declined_at=None)
    return (
        Receipt.objects.live()
        .filter(Q(opened_at=None) | unacknowledged | unacted, bulletin__in=own)
        .select_related("release", "bulletin", "agency")
        .order_by(
            F("release__acknowledge_by").asc(nulls_last=True), "release__act_by", "agency__name"
        )[:MOST]
    )


def _unanswered(receipt: Receipt) -> Unanswered:
    release = receipt.release
    if receipt.opened_at is None:
        return Unanswered(receipt, _("has not opened it"), release.acknowledge_by)
    if release.ask != Ask.READ and receipt.acknowledged_at is None:
        return Unanswered(receipt, _("has not acknowledged it"), release.acknowledge_by)
    return Unanswered(receipt, _("has not said what was done"), release.act_by)


def _unused(user: User, own: QuerySet[Bulletin]) -> QuerySet[Lesson]:
    """Endorsed lessons of the agency that no bulletin of its own carries yet."""
    carried = BulletinLesson.objects.filter(bulletin__in=own, lesson=OuterRef("pk"))
    return (
        Lesson.objects.visible_to(user)
        .endorsed()
        .filter(~Exists(carried), agency_id=user.agency_id)
        .order_by("-endorsed_at", "-id")
    )


def _sentence(drafts: int, failed: int, unanswered: int, late: int, unused: int) -> str:
    parts = []
    if drafts:
        parts.append(
            ngettext("One bulletin is to be issued.", "%(n)d bulletins are to be issued.", drafts)
            % {"n": drafts}
        )
    if failed:
        parts.append(
            ngettext("One document failed.", "%(n)d documents failed.", failed) % {"n": failed}
        )
    if unanswered:
        parts.append(
            ngettext("One answer is outstanding.", "%(n)d answers are outstanding.", unanswered)
            % {"n": unanswered}
        )
    if late:
        parts.append(ngettext("One is late.", "%(n)d are late.", late) % {"n": late})
    if unused:
        parts.append(
            ngettext(
                "One endorsed lesson is in no bulletin.",
                "%(n)d endorsed lessons are in no bulletin.",
                unused,
            )
            % {"n": unused}
        )
    return " ".join(parts) or _("Nothing waits for you.")
