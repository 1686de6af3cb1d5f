"""Section I: what a member or an agency holds against the review, kept as it was written."""

import uuid
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from reviews import policies
from reviews.actions._doors import NotSound, check, fetch
from reviews.models import Dissent


@deed
def attach_dissent(
    *,
    review_id: int,
    kind: str,
    text: str,
    by: User,
    at: datetime,
    about: str = "",
    key: uuid.UUID | None = None,
) -> Dissent:
    """Attach a comment or dissent. Nobody can change or remove it; it prints with the review."""
    review = fetch(review_id, by, policies.can_comment)
    if key is not None:
        before = Dissent.objects.filter(key=key, review=review).first()
        if before is not None:
            return before
    if not text.strip():
        raise NotSound(_("Say it in your own words."), field="text")
    dissent = Dissent(
        review=review,
        agency_id=by.agency_id,
        kind=kind,
        about=about.strip(),
        text=text.strip(),
        at=at,
        by=by,
        key=key,
    )
    check(dissent, skip=("review", "agency", "by", "key"))
    dissent.save(force_insert=True)
    record(Verb.DISSENT_ATTACHED, by=by, target=review, at=at, kind=kind, about=dissent.about)
    return dissent
