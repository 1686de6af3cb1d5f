"""The form on paper: printed empty, filled by hand, typed later."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.http import Request
from core.policy import signed_in
from reviews.choices import CHAPTERS, FindingKind, Letter, Phase, ReviewTier
from reviews.hot import ASKED_LINES, FINDING_LINES

# Ruled lines under each question, fewer where chapters follow.
LINES = {"T2": 7, "T3": 5}
# What each section asks on paper, in the order of the form.
ASKED = {
    "A": (_("What this review looks at, and what it leaves out"), _("Agencies and posts heard")),
    "B": (
        _("Plans and orders in force: number, date, who held which decision"),
        _("Warnings received: number, from whom, when, what was done"),
        _("Measures: in place, partly, not"),
    ),
    "C": (
        _("Method and preparation, as far as known. No names."),
        _("Roles that somebody must have played, and how far each is resolved"),
    ),
    "D": (_("Entries in order: time, who acted, what, who was told, source"),),
    "E": (_("What held"), _("What failed: what was expected, what happened, what shows it")),
    "F": (_("What is to be done: one thing, one post, one day, closed when"),),
    "G": (_("Identification, handing over, treatment, compensation, condolence"),),
    "H": (_("Case, evidence sent and returned, arrests, charges, court"),),
    "I": (_("Agency, what it disputes, in its own words"),),
    "J": (_("Lead: post, day, signature"), _("Approved: post, day, signature")),
}


@require_safe
@signed_in
def review_blank(request: Request, tier: str) -> HttpResponse:
    """An empty form of this tier for the printer."""
    if tier not in ReviewTier.values:
        raise Http404
    sections = [
        (letter, letter.label, ASKED[letter], CHAPTERS.get(letter, ()) if tier == "T3" else ())
        for letter in Letter
    ]
    context = {
        "tier": ReviewTier(tier),
        "is_hot": tier == ReviewTier.T1,
        "sections": sections,
        "lines": range(LINES.get(tier, 0)),
        "findings": range(1, FINDING_LINES + 1),
        "asked": range(1, ASKED_LINES + 1),
        "kinds": FindingKind.labels,
        "phases": Phase.labels,
    }
    return render(request, "reviews/review_blank.html", context)
