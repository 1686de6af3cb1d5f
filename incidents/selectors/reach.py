"""Who reads an incident, as it stands or as it would be marked."""

from django.db.models import QuerySet

from agencies.models import User
from agencies.readers import Reach, marking_reaches
from incidents.models import Incident


def people_who_read(incident: Incident, reach: Reach | None = None) -> "QuerySet[User]":
    """The mirror of `Incident.objects.visible_to`."""
    return User.objects.filter(marking_reaches(reach or Reach.of(incident)))
