"""The sections of a review as a list of tasks, and what keeps it from being submitted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.choices import (
    OPEN_STATES,
    REQUIRED_LETTERS,
    WRITTEN_LETTERS,
    Letter,
    NetworkRoleStatus,
    ReviewState,
    SectionState,
)
from reviews.models import Recommendation, Review, Section

SHAPES = {
    SectionState.NOT_STARTED: "none",
    SectionState.IN_PROGRESS: "progress",
    SectionState.COMPLETE: "ok",
}


@dataclass(frozen=True)
class Task:
    """One section in the list: what it holds, how far it is."""

    letter: str
    title: str
    url: str
    note: str
    shape: str
    word: str
    here: bool = False


@dataclass(frozen=True)
class Missing:
    """What must still be said, and where."""

    letter: str
    sentence: str
    url: str


@dataclass(frozen=True)
class Counts:
    """How many lines the sections of a review hold."""

    measures: int
    roles: int
    unresolved: int
    entries: int
    disputed: int
    untimed: int
    findings: int
    recommendations: int
    ownerless: int
    dissents: int


def section_url(review: Review, letter: str) -> str:
    """Where the section is written."""
    return reverse("reviews:section_edit", args=[review.pk, letter])


def counts(review: Review) -> Counts:
    """All counts of one review, one query a kind of line."""
    roles = review.network_roles.aggregate(
        all=Count("pk"), unresolved=Count("pk", filter=Q(status=NetworkRoleStatus.UNIDENTIFIED))
    )
    entries = review.timeline.aggregate(
        all=Count("pk", distinct=True),
        disputed=Count("pk", distinct=True, filter=Q(accounts__isnull=False)),
        untimed=Count("pk", distinct=True, filter=Q(at_time=None)),
    )
    asked = review.recommendations.aggregate(
        all=Count("pk"), ownerless=Count("pk", filter=Q(owner_post=""))
    )
    return Counts(
        measures=review.measures.count(),
        roles=roles["all"],
        unresolved=roles["unresolved"],
        entries=entries["all"],
        disputed=entries["disputed"],
        untimed=entries["untimed"],
        findings=review.findings.count(),
        recommendations=asked["all"],
        ownerless=asked["ownerless"],
        dissents=review.dissents.count(),
    )


def _notes(n: Counts) -> dict[str, str]:
    """One line under each title: what is there, in numbers."""
    timeline = [
        ngettext("%(n)d entry", "%(n)d entries", n.entries) % {"n": n.entries},
        ngettext("%(n)d disputed", "%(n)d disputed", n.disputed) % {"n": n.disputed},
        ngettext("%(n)d without a time", "%(n)d without a time", n.untimed) % {"n": n.untimed},
    ]
    return {
        "A": _("Tier, scope, who took part"),
        "B": ngettext("%(n)d measure planned", "%(n)d measures planned", n.measures)
        % {"n": n.measures},
        "C": _("%(all)d roles on the board, %(open)d unidentified")
        % {"all": n.roles, "open": n.unresolved},
        "D": ", ".join(timeline),
        "E": ngettext("%(n)d finding", "%(n)d findings", n.findings) % {"n": n.findings},
        "F": ngettext("%(n)d recommendation", "%(n)d recommendations", n.recommendations)
        % {"n": n.recommendations},
        "G": "",
        "H": "",
        "I": ngettext("%(n)d comment or dissent", "%(n)d comments or dissents", n.dissents)
        % {"n": n.dissents}
        if n.dissents
        else "",
        "J": "",
    }


def _standing(review: Review, section: Section, n: Counts) -> tuple[str, str]:
    """The shape and the word in the margin."""
    if section.letter == Letter.I:
        if n.dissents:
            return "submitted", _("%(n)d to read") % {"n": n.dissents}
        return "none", _("None yet")
    if section.letter == Letter.J:
        shape = "none" if review.state in OPEN_STATES else "submitted"
        shape = "ok" if review.state in {ReviewState.APPROVED, ReviewState.PUBLISHED} else shape
        return shape, review.get_state_display()
    return SHAPES[SectionState(section.state)], section.get_state_display()


def tasks(review: Review, *, here: str = "") -> list[Task]:
    """Sections A to J, in order."""
    n = counts(review)
    notes = _notes(n)
    found = []
    for section in review.sections.order_by("letter"):
        shape, word = _standing(review, section, n)
        found.append(
            Task(
                letter=section.letter,
                title=section.get_letter_display(),
                url=section_url(review, section.letter),
                note=notes[section.letter],
                shape=shape,
                word=word,
                here=section.letter == here,
            )
        )
    return found


def letters(review: Review, *, here: str) -> list[Task]:
    """The same sections for the margin: no counts, no queries."""
    return [
        Task(letter, str(Letter(letter).label), section_url(review, letter), "", "", "",
             letter == here)
        for letter in Letter.values
    ]  # fmt: skip


def complete_count(found: Iterable[Task]) -> int:
    """How many of the written sections are complete."""
    return sum(task.shape == "ok" for task in found if task.letter in WRITTEN_LETTERS)


def next_task(found: list[Task]) -> Task | None:
    """The first written section that is not complete."""
    return next((t for t in found if t.letter in WRITTEN_LETTERS and t.shape != "ok"), None)


def missing(review: Review) -> list[Missing]:
    """What keeps the review from being submitted, a sentence each, linked to its section."""
    says_b = review.sections.filter(letter=Letter.B).exclude(text="").exists()
    has = {
        Letter.B: says_b or review.measures.exists(),
        Letter.D: review.timeline.exists(),
        Letter.E: review.findings.exists(),
        Letter.F: _with_owner(review).exists(),
    }
    sentences = {
        Letter.B: _("Section B says nothing: give one measure, or say in words what was planned."),
        Letter.D: _("Section D has no entry: give at least one, the time may stay unknown."),
        Letter.E: _("Section E has no finding: give at least one."),
        Letter.F: _("Section F has no recommendation with an owner and a due date."),
    }
    return [
        Missing(letter, sentences[letter], section_url(review, letter))
        for letter in REQUIRED_LETTERS
        if not has[letter]
    ]


def _with_owner(review: Review) -> QuerySet[Recommendation]:
    return review.recommendations.exclude(owner_post="").filter(due_date__isnull=False)
