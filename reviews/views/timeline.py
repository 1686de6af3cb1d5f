"""Section D on its pages: lanes day by day, what stands beside it, the order of its entries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agencies.http import Request
from core.errors import RuleBroken
from reviews import actions, rendering, selectors
from reviews.choices import Letter
from reviews.lanes import HandOff
from reviews.models import Review, TimelineEntry
from reviews.selectors import Timeline
from reviews.timeline_order import is_beside
from reviews.views.pages import marking_with

EARLIER, LATER = "earlier", "later"
# What a button that moves an entry begins its value with; then the entry and its neighbour.
MOVES = (f"{EARLIER}:", f"{LATER}:")


@dataclass(frozen=True)
class Picture:
    """The lanes of one day, drawn and as a table."""

    day: date
    svg: SafeString
    hand_offs: list[tuple[HandOff, str]]


def pictures_of(timeline: Timeline) -> list[Picture]:
    """Every day on which there is anything to compare or something was handed on."""
    return [
        _picture(timeline, place)
        for place, lanes in enumerate(timeline.lanes)
        if lanes.is_worth_drawing or lanes.hand_offs
    ]


def _picture(timeline: Timeline, place: int) -> Picture:
    lanes = timeline.lanes[place]
    return Picture(
        lanes.day,
        rendering.swim_lanes(lanes, uid=f"sw{place}"),
        [(each, rendering.minutes_text(each)) for each in lanes.hand_offs],
    )


def beside_context(request: Request, review: Review) -> dict[str, Any]:
    """What the incident's record says, and the marking of a page that names it."""
    return beside_shown(review, selectors.beside(review, request.user))


def beside_shown(review: Review, found: selectors.Beside) -> dict[str, Any]:
    """The same of what was gathered already."""
    return {
        "beside": found,
        "nothing": {"count": {}},
        "marking": marking_with(review, found.named),
    }


def writing_context(request: Request, review: Review) -> dict[str, Any]:
    """Section D for its team: one day drawn, the others a link away."""
    timeline = selectors.with_links(selectors.timeline_of(review), review)
    days = [each.day for each in timeline.lanes]
    asked = request.GET.get("day", "")
    chosen = next((n for n, day in enumerate(days) if day.isoformat() == asked), timeline.busiest)
    return {
        "timeline": timeline,
        "lead": selectors.timeline_sentence(timeline),
        "pictures": [_picture(timeline, chosen)] if days else [],
        "drawn_days": [(day, n == chosen) for n, day in enumerate(days)],
        **beside_context(request, review),
    }


def move(request: Request, review: Review, do: str) -> HttpResponse:
    """Set an entry before or after its neighbour; the keyboard stays on the button."""
    way, _colon, numbers = do.partition(":")
    here = selectors.section_url(review, Letter.D)
    entry, _colon, other = numbers.partition(":")
    if not (entry.isdecimal() and other.isdecimal()):
        return redirect(here)
    deed = actions.move_entry_before if way == EARLIER else actions.move_entry_after
    try:
        deed(
            review_id=review.pk,
            row_id=int(entry),
            other_id=int(other),
            by=request.user,
            at=timezone.now(),
        )
    except TimelineEntry.DoesNotExist:
        messages.warning(request, _("One of the two entries is gone. Nothing was moved."))
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        words = (
            _("Moved: it stands earlier now.")
            if way == EARLIER
            else _("Moved: it stands later now.")
        )
        messages.success(request, words)
    return redirect(f"{here}#{_button(review, int(entry), way)}")


def _button(review: Review, number: int, way: str) -> str:
    """The button that was pressed; at the end of its moment the other, so that focus is kept."""
    entries = selectors.in_order(review)
    place = next((n for n, each in enumerate(entries) if each.pk == number), None)
    if place is None:
        return "lanes"
    beside = place - 1 if way == EARLIER else place + 1
    if 0 <= beside < len(entries) and is_beside(entries[place], entries[beside]):
        return f"{way}-{number}"
    return f"{LATER if way == EARLIER else EARLIER}-{number}"
