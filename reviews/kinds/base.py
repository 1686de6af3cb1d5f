"""What a kind of line is, and how one is added."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from agencies.http import Request
from agencies.models import User
from core.errors import RuleBroken
from incidents.models import Evidence
from reviews import forms
from reviews.models import Review, Row


@dataclass(frozen=True)
class Kind:
    """One kind of line. `inline`: short enough to be typed on the section's own page.

    `listed` and `heading`: the template of its lines and the words above them, for kinds that a
    section has beside its first.
    `rows_for`: the lines that one person may see, where that is not all of them.
    `added_at`, `home`: the address at which a line is added to the line it hangs from, by that
    line's number, and the page of that line.
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
    # Where the keyboard goes after a line was added on the section's own page.
    first: str = "add"
    heading: str | Promise = ""
    # What a new line starts with, by the address from which it was asked for.
    begun: Callable[[Request, Review], dict[str, Any]] | None = None
    # What its list draws, where that is more than its rows.
    drawn: Callable[[Review], Any] | None = None
    # A review has no more than one.
    single: bool = False
    rows_for: "Callable[[Review, User], QuerySet[Any]] | None" = None
    added_at: str = ""
    home: Callable[[Review, Any], str] | None = None

    def shown(self, review: Review) -> Any:
        """What the list of its lines draws."""
        return self.drawn(review) if self.drawn else self.rows(review)

    def seen_by(self, user: User, review: Review) -> "QuerySet[Any]":
        """The lines that this person may see."""
        return self.rows_for(review, user) if self.rows_for else self.rows(review)


def form_of(kind: Kind, user: User, review: Review, data: Any = None, **more: Any) -> forms.RowForm:
    """An empty form of a part, with the files that this person may choose."""
    form = kind.form(data, review=review, **more)
    if isinstance(form, forms.FindingEvidenceForm):
        pieces = Evidence.objects.visible_to(user).live().filter(incident=review.incident_id)
        form.offer(pieces.order_by("title", "id"))
    return form


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
