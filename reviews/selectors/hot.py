"""The hot debrief of a review: what is saved, what is missing, what stays when it grows."""

from django.utils.translation import gettext as _

from incidents.choices import ON_A_DAY, Precision
from incidents.models import Incident
from reviews.choices import Letter
from reviews.hot import ASKED_LINES, FINDING_LINES, QUESTIONS, AskedLine, Debrief, FindingLine
from reviews.models import HotDebrief, Review, Section


def hot_row(review: Review) -> HotDebrief | None:
    """The debrief's own row, where one was written."""
    return HotDebrief.objects.filter(review=review).first()


def blank_debrief(incident: Incident) -> Debrief:
    """Nothing said yet but when it happened, as the incident has it."""
    if incident.precision not in ON_A_DAY:
        return Debrief()
    return Debrief(
        on_date=incident.on_date,
        at_time=incident.at_time,
        until_time=incident.until_time,
        precision=str(incident.precision),
    )


def debrief_of(review: Review) -> Debrief:
    """All that the one page shows, gathered from where each answer is kept: in four queries."""
    row = hot_row(review)
    words = dict(review.sections.values_list("letter", "text"))
    found = review.findings.order_by("number")[:FINDING_LINES]
    asked = review.recommendations.order_by("number")[:ASKED_LINES]
    moment = row or blank_debrief(review.incident)
    return Debrief(
        conditions=row.conditions if row else "",
        actions=row.actions if row else "",
        needs=row.needs if row else "",
        no_finding=row.no_finding if row else False,
        on_date=moment.on_date,
        at_time=moment.at_time,
        until_time=moment.until_time,
        precision=str(moment.precision),
        **{name: words.get(letter, "") for name, letter in QUESTIONS.items()},
        findings=tuple(
            FindingLine(each.title, each.kind, each.phase, row=each.pk) for each in found
        ),
        asked=tuple(
            AskedLine(each.text, each.owner_post, each.due_date, row=each.pk) for each in asked
        ),
    )


def last_written(review: Review) -> Section | None:
    """The section that somebody wrote in last, on whatever page."""
    rows = review.sections.select_related("edited_by").exclude(edited_at=None)
    return rows.order_by("-edited_at", "-id").first()


def missing_of_debrief(review: Review) -> list[tuple[str, str]]:
    """What keeps a hot debrief from being submitted: the section, and a sentence.

    Two things only: what it was like or what was done; a finding, or the word that there is none.
    """
    row = hot_row(review)
    found = []
    if row is None or not (row.conditions or row.actions):
        found.append(
            (Letter.D.value, _("Say what it was like or what you did: one of the two is enough."))
        )
    if not (review.findings.exists() or (row is not None and row.no_finding)):
        found.append(
            (Letter.E.value, _("Give at least one finding, or say that there is no finding."))
        )
    return found


def beyond_the_page(review: Review) -> int:
    """How many recommendations stand in section F that the one page has no line for."""
    return max(0, review.recommendations.count() - ASKED_LINES)


def moment_words(debrief: Debrief) -> str:
    """The clock time as it would be typed again: `1713`, `c17:13`, `17:10-17:20`."""
    if debrief.at_time is None:
        return ""
    about = "c" if debrief.precision == Precision.ABOUT and debrief.until_time is None else ""
    until = f"-{debrief.until_time:%H:%M}" if debrief.until_time else ""
    return f"{about}{debrief.at_time:%H:%M}{until}"
