"""What the machine forgets in its own time."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from agencies.models import KeptForm, Tries


@shared_task
def sweep_the_door(**_: object) -> None:
    """Forms that nobody came back for, old tries, sessions that have run out."""
    at = timezone.now()
    KeptForm.objects.forgotten(at).delete()
    Tries.objects.forgotten(at).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
