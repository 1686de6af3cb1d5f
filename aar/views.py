"""The home page, by role."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aar.home.commander import command_of
from aar.home.desk import desk_of
from aar.home.investigator import work_of
from aar.home.keepers import deeds_seen_by, links_of
from agencies.choices import Role
from agencies.http import Request
from bulletins.models import Bulletin
from core.policy import lists
from incidents.models import Incident
from lessons.models import Lesson
from reviews.models import Review

Gather = Callable[..., Any]


HOMES: dict[str, tuple[str, Gather]] = {
    Role.INVESTIGATOR: ("aar/home_investigator.html", work_of),
    Role.COMMANDER: ("aar/home_commander.html", command_of),
    Role.RELEASE_OFFICER: ("aar/home_desk.html", desk_of),
    Role.AGENCY_ADMIN: ("aar/home_desk.html", desk_of),
    Role.AUDITOR: ("aar/home_auditor.html", deeds_seen_by),
    Role.SYSTEM_ADMIN: ("aar/home_system.html", links_of),
}


@require_safe
@lists(Incident, Review, Lesson, Bulletin)
def home(request: Request) -> HttpResponse:
    """What this person came for."""
    template, gather = HOMES[request.user.role]
    today = timezone.localdate()
    shown = gather(request.user, today=today)
    marking = getattr(shown, "marking", None)
    return render(request, template, {"home": shown, "today": today, "marking": marking})
