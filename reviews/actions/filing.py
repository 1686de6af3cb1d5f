"""While a review is written: a form half typed is kept, and who is where is known.

Neither is a deed on the review: nothing of it is said before it is saved, so nothing is recorded.
"""

from collections.abc import Sequence
from datetime import datetime

from agencies.lock import deed
from agencies.models import User
from reviews import policies, rules
from reviews.actions._doors import NotSound, fetch
from reviews.choices import Letter
from reviews.models import Draft, Presence


@deed
def keep_draft(
    *,
    review_id: int,
    form: str,
    page: str,
    fields: Sequence[tuple[str, str]],
    by: User,
    at: datetime,
) -> Draft:
    """Keep a form of the review as it was left on a page, for this person alone.

    Also of a review that has left the team's hands: what was typed meanwhile is not dropped.
    """
    review = fetch(review_id, by, policies.is_on_team)
    if sum(len(name) + len(value) for name, value in fields) > rules.LARGEST_DRAFT:
        raise NotSound(str(rules.DRAFT_IS_TOO_LONG))
    draft, _is_new = Draft.objects.update_or_create(
        review=review,
        person=by,
        form=form,
        page=page,
        defaults={"fields": [list(each) for each in fields], "kept_at": at},
    )
    return draft


@deed
def drop_draft(*, review_id: int, form: str, page: str, by: User) -> None:
    """What was typed on this page was saved, or is not wanted any more."""
    Draft.objects.filter(review_id=review_id, form=form, page=page, person=by).delete()


@deed
def be_present(*, review_id: int, letter: str, by: User, at: datetime) -> None:
    """The person has this section open."""
    Presence.objects.bulk_create(
        [Presence(review_id=review_id, person=by, letter=Letter(letter), seen_at=at)],
        update_conflicts=True,
        unique_fields=["review", "person"],
        update_fields=["letter", "seen_at"],
    )
