"""Who reads a lesson, as it stands or once it is endorsed."""

from django.db.models import Q, QuerySet

from agencies.choices import TLP
from agencies.models import User
from agencies.models.marking import BLIND_ROLES
from agencies.readers import Reach, cleared, marking_reaches
from lessons.choices import ENDORSED_STATES
from lessons.models import Lesson


def people_who_read(
    lesson: Lesson, reach: Reach | None = None, *, state: str = ""
) -> "QuerySet[User]":
    """The mirror of `LessonQuerySet.visible_to`, for the lesson as it stands or would."""
    reach = reach or Reach.of(lesson)
    who = Q(agency_id=lesson.agency_id) & cleared(reach) & ~Q(role__in=BLIND_ROLES)
    if reach.tlp == TLP.RED:
        who &= Q(pk__in=reach.people)
    if (state or lesson.state) in ENDORSED_STATES:
        who |= marking_reaches(reach)
    return User.objects.filter(who)
