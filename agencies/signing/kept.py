"""What was typed survives: a form that was sent when the session had ended, or when the proof had
gone stale, is kept sealed for the very person who sent it and given back once they are in again.

Only a POST that has passed the CSRF check gets here, so nobody can plant one; it is given back as a
page that the person sends again by hand, with a new token.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.utils.http import escape_leading_slashes

from agencies.models import KeptForm, User
from agencies.signing.vault import NotOurs, seal, unseal

SLOT = "kept"
PURPOSE = "kept form"
LARGEST = 1_000_000
# What one person can have waiting, over all their browsers.
MOST = 5
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
# Never written down, not even sealed.
SECRETS = ("password", "code", "credential")
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field


@dataclass(frozen=True)
class Typed:
    """A form as it was sent."""

    path: str
    fields: list[tuple[str, str]]

    @property
    def sentences(self) -> list[str]:
        """What was written in words, for the person to know it by, longest first."""
        words = {value.strip() for _name, value in self.fields if " " in value.strip()}
        return sorted(words, key=len, reverse=True)


def typed_here(request: HttpRequest) -> Typed | None:
    """What this POST brought from a page of ours; None for anything else, and for secrets."""
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return _typed(request) if request.method == "POST" and from_here else None


def keep(request: HttpRequest, person: User, at: datetime) -> bool:
    """Keep what this POST brought; false for what is too large, or no form, or holds a secret."""
    typed = _typed(request)
    if typed is None:
        return False
    KeptForm.objects.forgotten(at).delete()
    older = KeptForm.objects.filter(person=person).order_by("-kept_at", "-pk")[MOST - 1 :]
    KeptForm.objects.filter(pk__in=[row.pk for row in older]).delete()
    text = json.dumps({"path": typed.path, "fields": typed.fields})
    row = KeptForm.objects.create(
        person=person, kept_at=at, sealed=seal(text, purpose=PURPOSE).encode()
    )
    request.session[SLOT] = {"pk": row.pk, "path": urlsplit(typed.path).path}
    request.just_kept = True  # type: ignore[attr-defined]
    return True


def waits_for(request: HttpRequest, person: User, at: datetime) -> bool:
    """Whether something of this very person waits; what is somebody else's is let go."""
    row = _row(request, person, at)
    if row is None:
        request.session.pop(SLOT, None)
    return row is not None


def given_back(request: HttpRequest, person: User, at: datetime) -> Typed | None:
    """What waits for this person."""
    row = _row(request, person, at)
    if row is None:
        return None
    try:
        kept = json.loads(unseal(bytes(row.sealed).decode("ascii"), purpose=PURPOSE))
    except NotOurs:
        return None
    return Typed(kept["path"], [(name, value) for name, value in kept["fields"]])


def let_go(request: HttpRequest) -> None:
    """It has been sent, or is not wanted any more."""
    slot = request.session.pop(SLOT, None)
    if slot:
        KeptForm.objects.filter(pk=slot["pk"]).delete()


def is_sent_now(request: HttpRequest) -> bool:
    """Whether this very request sends again what had been kept before it."""
    slot = request.session.get(SLOT)
    just_kept = getattr(request, "just_kept", False)
    return slot is not None and not just_kept and slot["path"] == request.path


def page_of(request: HttpRequest) -> str:
    """The address of the form: of the page that stands in the browser, where htmx sent a part."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    if shown.netloc != request.get_host() or not shown.path.startswith("/"):
        return request.get_full_path()
    path = escape_leading_slashes(shown.path)
    return f"{path}?{shown.query}" if shown.query else path


def _row(request: HttpRequest, person: User, at: datetime) -> KeptForm | None:
    slot = request.session.get(SLOT)
    return KeptForm.objects.of(person, at).filter(pk=slot["pk"]).first() if slot else None


def _typed(request: HttpRequest) -> Typed | None:
    if request.content_type not in FORMS:
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if any(secret in name for name, _value in fields for secret in SECRETS):
        return None
    fields = [(name, value) for name, value in fields if name != TOKEN]
    if len(urlencode(fields)) > LARGEST:
        return None
    return Typed(page_of(request), fields)
