"""The work on one file: a document at a time, each settled in a transaction of its own.

Whoever asked is acted for, and asked again at every document whether they may still read it. The
documents are those of everybody: what was rendered before is not rendered again, so that a worker
that dies, or a person who cancels and goes on, loses nothing that was made.
"""

import time
from datetime import datetime, timedelta
from enum import Enum

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.lock import acting, machine
from agencies.models import User
from bulletins import tasks
from bulletins.actions import briefs
from bulletins.actions.renderings import ask_for_rendering
from bulletins.choices import ExportFault, ExportItemState, ExportState, RenderingState, Urgency
from bulletins.exporting.ending import fail
from bulletins.exporting.packing import asker, pack
from bulletins.models import Brief, Bulletin, Document, Export, ExportItem, Rendering
from bulletins.rendering.sandbox import Reason, sentence
from core.errors import RuleBroken
from reviews.models import Review, ReviewVersion

# What is there already is settled so many at a time, so long at most: then a cancel is heard.
AT_ONCE = 50
AT_A_TIME = 1.0
# The row says that the work goes on; not at every document, for each change is on the record.
SAY_SO = timedelta(seconds=10)


class Step(Enum):
    """What is to be done next, where it is no document."""

    NOTHING = "another worker has it, or it is over"
    MORE = "there is more to settle"
    PACK = "all is settled"


class Claimed:
    """A rendering that is ours from the moment of its claim."""

    def __init__(self, rendering: Rendering, at: datetime) -> None:
        self.rendering_id = rendering.pk
        self.at = at


def work_on(export_id: int, *, until: datetime) -> bool:
    """Make documents until all are made, the time is over, or others wait for the worker.

    Returns whether to ring again. Where another worker has a document of this file in hand it is
    not rung for: that one goes on, and if it died the sweep rings.
    """
    while True:
        step = _next(export_id)
        if step is Step.NOTHING:
            return False
        if step is Step.PACK:
            pack(export_id)
            return False
        if isinstance(step, Claimed):
            tasks.work_on_claimed(rendering_id=step.rendering_id, claimed_at=step.at)
        if timezone.now() >= until or _others_wait():
            return True


def _others_wait() -> bool:
    """Whether a single document is waited for: a file of many lets it pass."""
    with machine():
        return Rendering.objects.filter(state=RenderingState.WAITING).exists()


def _next(export_id: int) -> Step | Claimed:
    with machine():
        export = Export.objects.at_work().filter(pk=export_id).first()
    if export is None:
        return Step.NOTHING
    by = asker(export)
    if by is None:
        fail(export, ExportFault.RIGHTS)
        return Step.NOTHING
    with acting(by), translation.override(export.language):
        held = Export.objects.visible_to(by).at_work().select_for_update(skip_locked=True)
        ours = held.filter(pk=export_id).first()
        if ours is None or _in_hand(ours):
            return Step.NOTHING
        _say_so(ours)
        return _settle_some(ours, by)


def _in_hand(export: Export) -> bool:
    """Whether a worker is rendering a document of this file now."""
    waiting = export.items.filter(state=ExportItemState.WAITING)
    ours = Q(brief__in=waiting.values("brief")) | Q(bulletin__in=waiting.values("bulletin"))
    return Rendering.objects.filter(ours, state=RenderingState.RENDERING).exists()


def _say_so(export: Export) -> None:
    now = timezone.now()
    if export.state == ExportState.WAITING:
        export.state = ExportState.RUNNING
    elif export.rung_at and now - export.rung_at < SAY_SO:
        return
    export.rung_at = now
    export.save(update_fields=["state", "rung_at"])


def _settle_some(export: Export, by: User) -> Step | Claimed:
    """Settle what is there already, up to the first document that is to be rendered."""
    waiting = export.items.filter(state=ExportItemState.WAITING).order_by("position")
    items = list(waiting.select_related("bulletin", "brief")[:AT_ONCE])
    if not items:
        return Step.PACK
    begun = time.monotonic()
    for item in items:
        was_made = item.brief_id is not None
        claimed = _settle(export, item, by)
        if claimed is not None:
            return claimed
        # A new brief holds its number until the transaction ends: others wait for the next one.
        new_brief = item.brief_id is not None and not was_made
        if new_brief or time.monotonic() - begun > AT_A_TIME:
            break
    return Step.MORE


def _settle(export: Export, item: ExportItem, by: User) -> Claimed | None:
    """Write down what became of an item, or claim what must be rendered for it first."""
    at = timezone.now()
    try:
        product = _product(export, item, by, at)
    except RuleBroken as refusal:
        _close(item, ExportItemState.LEFT_OUT, str(refusal))
        return None
    except (ObjectDoesNotExist, PermissionDenied):
        _close(item, ExportItemState.LEFT_OUT, _("You may not read this record any more."))
        return None
    document = _document(product)
    if document is not None:
        item.document = document
        _close(item, ExportItemState.DONE)
        return None
    last = product.renderings.order_by("-requested_at", "-pk").first()
    if last is not None and last.state == RenderingState.FAILED and item.tries:
        _close(item, ExportItemState.FAILED, sentence(Reason(last.error)))
        return None
    return _claimed(product, item, by, at)


def _close(item: ExportItem, state: ExportItemState, why: str = "") -> None:
    item.state, item.why = state, why[:300]
    item.save(update_fields=["state", "why", "document", "brief"])


def _product(export: Export, item: ExportItem, by: User, at: datetime) -> Brief | Bulletin:
    """The bulletin, or a brief of the record as it stands; raises what the actions of briefs do."""
    if item.bulletin_id is not None:
        return Bulletin.objects.visible_to(by).defer("content").get(pk=item.bulletin_id)
    if item.brief_id is not None:
        return Brief.objects.visible_to(by).defer("content").get(pk=item.brief_id)
    item.brief = _brief(export, item, by, at)
    item.save(update_fields=["brief"])
    return item.brief


def _brief(export: Export, item: ExportItem, by: User, at: datetime) -> Brief:
    """Of an incident its brief; of a review its newest frozen version, else a brief so far."""
    if item.incident_id is not None:
        return briefs.request_incident_brief(
            incident_id=item.incident_id, by=by, at=at, language=export.language
        )
    review = Review.objects.visible_to(by).to_draw_on(by).get(pk=item.review_id or 0)
    version = ReviewVersion.objects.filter(review=review).order_by("-number").first()
    if version is None:
        return briefs.request_review_brief(
            review_id=review.pk, by=by, at=at, language=export.language
        )
    return briefs.request_version_brief(
        version_id=version.pk, by=by, at=at, language=export.language
    )


def _document(product: Brief | Bulletin) -> Document | None:
    """The newest finished document whose file is there."""
    done = product.renderings.filter(state=RenderingState.DONE).select_related("document")
    rendering = done.order_by("-finished_at", "-pk").first()
    document = rendering.document if rendering else None
    return document if document and default_storage.exists(document.path) else None


def _claimed(product: Brief | Bulletin, item: ExportItem, by: User, at: datetime) -> Claimed | None:
    """Claim the rendering in the transaction that asks for it: no other worker is drawn in."""
    rendering = ask_for_rendering(product=product, by=by, at=at, urgency=Urgency.BULK)
    free = Rendering.objects.select_for_update(skip_locked=True)
    free = free.filter(pk=rendering.pk, state=RenderingState.WAITING)
    taken = Rendering.objects.filter(pk__in=free.values("pk")).update(
        state=RenderingState.RENDERING, attempts=F("attempts") + 1, claimed_at=at
    )
    if not taken:
        return None
    item.tries += 1
    item.save(update_fields=["tries"])
    return Claimed(rendering, at)
