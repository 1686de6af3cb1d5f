"""The kinds of line that sections hold: their form, their deeds, their words on the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from core.errors import RuleBroken
from reviews import actions, forms
from reviews.choices import Letter
from reviews.models import Account, Review, Row


@dataclass(frozen=True)
class Kind:
    """One kind of line. `inline`: short enough to be typed on the section's own page."""

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


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "measures",
            Letter.B,
            forms.MeasureForm,
            lambda review: review.measures.order_by("position", "id"),
            actions.add_measure,
            actions.change_measure,
            actions.remove_measure,
            _("Add a measure"),
            _("Change the measure"),
            _("Remove this measure"),
            inline=True,
        ),
        Kind(
            "roles",
            Letter.C,
            forms.RoleForm,
            lambda review: review.network_roles.order_by("id"),
            actions.add_role,
            actions.change_role,
            actions.remove_role,
            _("Add a role"),
            _("Change the role"),
            _("Remove this role"),
            inline=True,
        ),
        Kind(
            "entries",
            Letter.D,
            forms.EntryForm,
            lambda review: review.timeline.all(),
            actions.add_entry,
            actions.change_entry,
            actions.remove_entry,
            _("Add an entry"),
            _("Change the entry"),
            _("Remove this entry"),
            inline=True,
        ),
        Kind(
            "accounts",
            Letter.D,
            forms.AccountForm,
            Account.objects.of_review,
            actions.add_account,
            actions.change_account,
            actions.remove_account,
            _("Add an account"),
            _("Change the account"),
            _("Remove this account"),
            inline=False,
        ),
        Kind(
            "findings",
            Letter.E,
            forms.FindingForm,
            lambda review: review.findings.select_related("category").order_by("number"),
            actions.add_finding,
            actions.change_finding,
            actions.remove_finding,
            _("Add a finding"),
            _("Change the finding"),
            _("Remove this finding"),
            inline=False,
        ),
        Kind(
            "recommendations",
            Letter.F,
            forms.RecommendationForm,
            lambda review: review.recommendations.select_related(
                "category", "owner_agency"
            ).order_by("number"),
            actions.add_recommendation,
            actions.change_recommendation,
            actions.remove_recommendation,
            _("Add a recommendation"),
            _("Change the recommendation"),
            _("Remove this recommendation"),
            inline=False,
        ),
    )
}
BY_LETTER = {kind.letter: kind for kind in KINDS.values() if kind.slug != "accounts"}


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
