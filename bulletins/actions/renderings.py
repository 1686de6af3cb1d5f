"""Asking for a document, and asking again after it failed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from bulletins import policies, tasks
from bulletins.choices import RenderingState, Urgency
from bulletins.models import Brief, Bulletin, Rendering
from bulletins.models.rendering import urgency_of


@deed
def ask_for_rendering(
    *, product: Bulletin | Brief, by: User, at: datetime, urgency: Urgency | None = None
) -> Rendering:
    """State that the product's PDF is to be made; the worker is rung once this is committed.

    Asked twice while one is under way, it is the same rendering. The product says how urgent it is,
    unless the deed does: what is one of many is `Urgency.BULK`.
    """
    rendering = product.renderings.unfinished().first()
    if rendering is None:
        whose = {"bulletin": product} if isinstance(product, Bulletin) else {"brief": product}
        rendering = Rendering.objects.create(
            requested_at=at,
            requested_by=by,
            agency=by.agency,
            queued_at=at,
            priority=urgency_of(product) if urgency is None else urgency,
            **whose,
        )
    transaction.on_commit(tasks.ring)
    return rendering


@deed
def retry_bulletin(*, bulletin_id: int, by: User, at: datetime) -> Rendering:
    """Have an issued bulletin's PDF made again after it failed."""
    bulletin = Bulletin.objects.visible_to(by).select_for_update(of=("self",)).get(pk=bulletin_id)
    return _retry(product=bulletin, by=by, at=at)


@deed
def retry_brief(*, brief_id: int, by: User, at: datetime) -> Rendering:
    """Have a brief's PDF made again after it failed."""
    brief = Brief.objects.visible_to(by).select_for_update(of=("self",)).get(pk=brief_id)
    return _retry(product=brief, by=by, at=at)


@deed
def _retry(*, product: Bulletin | Brief, by: User, at: datetime) -> Rendering:
    if not policies.can_retry(by, product):
        raise PermissionDenied
    last = product.renderings.order_by("-requested_at", "-pk").first()
    if last is None or last.state != RenderingState.FAILED:
        if last is None:
            raise PermissionDenied
        return last
    record(Verb.RENDERING_RETRIED, by=by, target=product, at=at, after=last.error)
    return ask_for_rendering(product=product, by=by, at=at)
