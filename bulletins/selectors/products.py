"""What the form of a product is about and starts from."""

from typing import Any

from agencies.models import User
from bulletins.choices import BulletinKind
from bulletins.models import Bulletin
from incidents.models import Incident
from lessons.models import Lesson


def incident_for(user: User, number: str) -> Incident | None:
    """The incident of this number, if the person may read it."""
    if not number.isdecimal() or len(number) > 18:
        return None
    return Incident.objects.visible_to(user).select_related("agency").filter(pk=number).first()


def filled_in(
    user: User, kind: str, incident: Incident | None, lessons: list[str]
) -> dict[str, Any]:
    """What stands in the form already, from the incident or lessons that it was asked for on."""
    if incident is not None:
        questions = incident.open_questions.order_by("position", "pk")
        return {
            "title": incident.label[:160],
            "bottom_line": incident.summary[:1000],
            "unknown": "\n".join(questions.values_list("text", flat=True))[:600],
            "tlp": incident.tlp,
            "classification": incident.classification,
            "caveats": incident.caveats,
        }
    numbers = [each for each in lessons if each.isdecimal() and len(each) <= 18]
    lesson = Lesson.objects.visible_to(user).endorsed().filter(pk__in=numbers).first()
    initial: dict[str, Any] = {"lessons": lessons}
    if lesson is None or kind == BulletinKind.LESSONS:
        return initial
    return {
        **initial,
        "title": lesson.title[:160],
        "bottom_line": lesson.recommendation[:1000],
        "tlp": lesson.tlp,
        "classification": lesson.classification,
        "caveats": lesson.caveats,
    }


def flashes_about(user: User, incident: Incident) -> list[Bulletin]:
    """The newest flashes about an incident that the person may read."""
    rows = Bulletin.objects.visible_to(user).filter(incident=incident).defer("content")
    return list(rows.order_by("-composed_at", "-pk")[:3])
