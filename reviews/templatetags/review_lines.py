"""Lines of a review that long pages show by the hundred, drawn by `reviews/markup/`."""

from collections.abc import Iterable, Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from incidents.models import Evidence
from reviews.markup.entries import entry_html
from reviews.markup.findings import finding_html
from reviews.markup.remedies import Shown, recommendation_html
from reviews.models import Dissent, Recommendation, Review
from reviews.selectors.remedies import Assurance
from reviews.selectors.timeline import EntryLine
from reviews.selectors.why import FindingLine

register = template.Library()


@register.simple_tag
def entry_line(
    entry: EntryLine, pieces: Sequence[Evidence] | None, review: Review | None
) -> SafeString:
    """An entry of section D; with a `review`, also what may be done with it."""
    told = {"entry": entry, "review": review}
    deeds = render_to_string("reviews/_entry_deeds.html", told) if review else SafeString("")
    return entry_html(entry, pieces or (), deeds)


@register.simple_tag
def finding_line(
    line: FindingLine, dissents: Iterable[Dissent], answers: Sequence[int]
) -> SafeString:
    """A finding of section E."""
    return finding_html(line, dissents, answers)


@register.simple_tag
def recommendation_line(
    recommendation: Recommendation,
    review: Review,
    *,
    editable: bool = False,
    gated: bool = False,
    assurance: Sequence[Assurance] = (),
    dissents: Iterable[Dissent] = (),
) -> SafeString:
    """A recommendation of section F; `gated`: say what it lacks."""
    shown = Shown(review.pk, editable, bool(gated), assurance)
    return recommendation_html(recommendation, shown, dissents)
