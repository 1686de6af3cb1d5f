"""Lines of section E."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reviews import actions, forms, selectors
from reviews.choices import Letter
from reviews.kinds.base import Kind
from reviews.models import CauseLink, FindingBody, FindingEvidence, Review


def _page_of_finding(review: Review, row: Any) -> str:
    """The page of the finding that a line hangs from; a link hangs from its cause."""
    number = row.cause_id if isinstance(row, CauseLink) else row.finding_id
    return reverse("reviews:row_change", args=[review.pk, "findings", number])


FINDINGS = Kind(
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
)
RATINGS = Kind(
    "ratings",
    Letter.E,
    forms.RatingForm,
    selectors.ratings_of,
    actions.add_rating,
    actions.change_rating,
    actions.remove_rating,
    _("Add a rating"),
    _("Change the rating"),
    _("Remove this rating"),
    inline=False,
    listed="reviews/_ratings.html",
    heading=_("How capabilities worked"),
)
BODIES = Kind(
    "bodies",
    Letter.E,
    forms.FindingBodyForm,
    lambda review: (
        FindingBody.objects.filter(finding__review=review)
        .select_related("agency", "finding")
        .order_by("-role", "id")
    ),
    actions.add_finding_body,
    actions.change_finding_body,
    actions.remove_finding_body,
    _("Add a body"),
    _("Change the body"),
    _("Remove this body"),
    inline=False,
    heading=_("Bodies it is about"),
    added_at="reviews:finding_body_add",
    home=_page_of_finding,
)
CAUSES = Kind(
    "causes",
    Letter.E,
    forms.CauseLinkForm,
    lambda review: (
        CauseLink.objects.filter(cause__review=review)
        .select_related("cause", "effect")
        .order_by("cause__number", "effect__number")
    ),
    actions.add_cause_link,
    actions.change_cause_link,
    actions.remove_cause_link,
    _("Add a cause link"),
    _("Change the link"),
    _("Remove this link"),
    inline=False,
    heading=_("What led to it, what it led to"),
    added_at="reviews:finding_cause_add",
    home=_page_of_finding,
)
FILES = Kind(
    "files",
    Letter.E,
    forms.FindingEvidenceForm,
    FindingEvidence.objects.of_review,
    actions.add_finding_evidence,
    actions.change_finding_evidence,
    actions.remove_finding_evidence,
    _("Add a file that shows it"),
    _("Change what the file shows"),
    _("Take this file off the finding"),
    inline=False,
    heading=_("Files that show it"),
    rows_for=lambda review, user: (
        FindingEvidence.objects.of_review(review)
        .visible_to(user)
        .select_related("evidence", "finding")
        .order_by("id")
    ),
    added_at="reviews:finding_file_add",
    home=_page_of_finding,
)
# What hangs from a finding, in the order in which its page shows it.
PARTS_OF_FINDING = (BODIES, CAUSES, FILES)
