"""What hangs from a finding: shown on its page, led back to it, kept when it is gone."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from agencies.models import User
from reviews import forms, selectors
from reviews.kinds import KINDS, PARTS_OF_FINDING, Kind
from reviews.models import Finding, Review

# What somebody typed into a line that hangs from a finding.
TYPED = ("name", "note", "shows", "text")


@dataclass(frozen=True)
class Part:
    """One kind of line under a finding."""

    kind: Kind
    rows: list[Any]


def parts_of(user: User, review: Review, kind: Kind, row: Any) -> list[Part]:
    """What hangs from a finding that stands already, as far as this person may see it."""
    if kind.slug != "findings" or row.pk is None:
        return []
    found = []
    for each in PARTS_OF_FINDING:
        rows = each.seen_by(user, review)
        if each.slug == "causes":
            rows = rows.filter(cause=row) | rows.filter(effect=row)
        else:
            rows = rows.filter(finding=row)
        found.append(Part(each, list(rows)))
    return found


def finding_page(review: Review, number: int) -> str:
    """The page of a finding, by its number in the database."""
    return reverse("reviews:row_change", args=[review.pk, "findings", number])


def home_of(kind: Kind, review: Review, row: Any) -> str:
    """Where a line leads back to: its section, or the page of the line it hangs from."""
    if kind.home is not None and row is not None and row.pk is not None:
        return kind.home(review, row)
    return selectors.section_url(review, kind.letter)


def onward(kind: Kind, review: Review, row: Any, do: str) -> str:
    """Where the button leads that was pressed: on to a part of the finding, or back."""
    if do in {each.slug for each in PARTS_OF_FINDING} and kind.slug == "findings" and row:
        return reverse(KINDS[do].added_at, args=[review.pk, row.pk])
    return home_of(kind, review, row)


def as_finding(part: forms.RowForm, review: Review) -> forms.RowForm:
    """What was typed for a finding that is gone, as a finding to add."""
    blank = KINDS["findings"].form(review=review)
    data = QueryDict(mutable=True)
    for name in blank.fields:
        data[blank.add_prefix(name)] = str(blank[name].value() or "")
    words = [str(part[name].value() or "") for name in TYPED if name in part.fields]
    data[blank.add_prefix("happened")] = "\n".join(filter(None, words))
    return KINDS["findings"].form(data, review=review)


def finding_of(form: forms.RowForm) -> Finding | None:
    """The finding that the line was typed for, if it is still there."""
    form.is_valid()
    found: Finding | None = form.cleaned_data.get("finding")
    return found
