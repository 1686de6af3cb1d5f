"""The sessions of a person. Each is a row of Django's session table."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from agencies.models import User

BATCH = 500


def end_sessions(person: User, *, but: str | None = None) -> int:
    """Sign the person out everywhere, except from the session `but`; how many were ended."""
    own = str(person.pk)
    live = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    ended = [
        session.session_key
        for session in live.iterator(BATCH)
        if session.get_decoded().get(SESSION_KEY) == own
    ]
    Session.objects.filter(session_key__in=ended).delete()
    return len(ended)
