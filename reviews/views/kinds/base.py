"""What a kind of line is, and how one is added."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from agencies.models import User
from core.errors import RuleBroken
from reviews import forms
from reviews.models import Review, Row


@dataclass(frozen=True)
class Kind:
    """One kind of line. `inline`: short enough to be typed on the section's own page.

    `listed` and `heading`: the template of its lines and the words above them, for kinds that a
    section has beside its first.
    """

    slug: str
    letter: str
    form: type[forms.RowForm]
    rows: Callable[[Review], "QuerySet[Any]"]
    add: Callable[..., Row]
    change: Callable[..., Row]
    remove: Callable[..., None]
    adding: Promise
    changing: Promise
    removing: Promise
    inline: bool
    listed: str = ""
    heading: str | Promise = ""


def add_typed(
    kind: Kind, form: forms.RowForm, review: Review, *, by: User, at: datetime, **more: Any
) -> bool:
    """Add the line that the valid form holds; a refusal stands beside its field."""
    try:
        kind.add(
            review_id=review.pk,
            by=by,
            at=at,
            key=form.cleaned_data["key"],
            **more,
            **form.values(),
        )
    except RuleBroken as refusal:
        refuse(form, refusal)
        return False
    return True


def refuse(form: Any, refusal: RuleBroken) -> None:
    """Put the action's sentence beside the field it is about."""
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))
