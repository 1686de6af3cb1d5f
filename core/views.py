"""The kit: every part the pages are made of, with its rule beside it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import kit as example
from core.policy import public

COLOURS = (
    *("paper", "well", "rule", "rule-firm", "ink", "ink-2", "accent", "accent-wash"),
    *("ok", "warn", "bad", "c1", "c2", "c3", "c4", "c5"),
)


@require_safe
@public
def kit(request: HttpRequest) -> HttpResponse:
    """Shown where the product is built or tried, never on a deployment that holds records."""
    if not (settings.DEBUG or settings.EXAMPLE_MODE):
        raise Http404
    return render(request, "core/kit.html", _parts(timezone.now()))


def _parts(now: datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    wrong = example.KitForm(
        data={"day_day": "31", "day_month": "11", "day_year": "2026", "alert": "NOT_KNOWN"}
    )
    wrong.is_valid()
    return {
        "form": wrong,
        "markings": example.markings(),
        "points": example.casualty_points(),
        "counts": example.counts(),
        "accounts": example.accounts(now),
        "accounts_of": _("Ambulance dispatched."),
        "receipts": example.receipts(),
        "lesson": example.lesson(),
        "came_back": [
            {"title": _("Rear wall unwatched"), "url": "#main", "on": today, "days": 616}
        ],
        "deeds": example.deeds(now),
        "versions": example.versions(),
        "now": now,
        "late": today - timedelta(days=5),
        "tomorrow": today + timedelta(days=1),
        "later": today + timedelta(days=12),
        "colours": COLOURS,
        "tlps": ("RED", "AMBER_STRICT", "AMBER", "GREEN", "CLEAR"),
        "grades": ("A1", "B2", "C3", "F6"),
        "example_person": _("Inspector, Example District"),
    }
