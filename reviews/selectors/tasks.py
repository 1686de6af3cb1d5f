"""The sections of a review as a list of tasks, and what keeps it from being submitted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews import rules
from reviews.choices import (
    OPEN_STATES,
    REQUIRED_LETTERS,
    UNRESOLVED,
    WRITTEN_LETTERS,
    AlertDone,
    CareState,
    Letter,
    MemberRole,
    NetworkRoleKind,
    ReviewState,
    ReviewTier,
    SectionState,
)
from reviews.models import Recommendation, Review, Section
from reviews.quality import Lack
from reviews.selectors.comments import open_comments
from reviews.selectors.hot import missing_of_debrief
from reviews.selectors.remedies import unfinished

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
    alerts: int
    silent: int
    roles: int
    unresolved: int
    entries: int
    disputed: int
    untimed: int
    findings: int
    causes: int
    ratings: int
    recommendations: int
    ownerless: int
    dissents: int
    care: int
    undone: int
    justice: int
    bodies: int
    asked: int
    unheard: int
    notices: int


def section_url(review: Review, letter: str) -> str:
    """Where the section is written."""
    return reverse("reviews:section_edit", args=[review.pk, letter])


def counts(review: Review) -> Counts:
    """All counts of one review, one query a kind of line."""
    roles = review.network_roles.aggregate(
        all=Count("kind", distinct=True),
        unresolved=Count("kind", distinct=True, filter=Q(status__in=UNRESOLVED)),
    )
    alerts = review.alerts.aggregate(
        all=Count("pk"), silent=Count("pk", filter=Q(done=AlertDone.NOTHING))
    )
    entries = review.timeline.aggregate(
        all=Count("pk", distinct=True),
        disputed=Count("pk", distinct=True, filter=Q(accounts__isnull=False, settled="")),
        untimed=Count("pk", distinct=True, filter=Q(at_time=None)),
    )
    found = review.findings.aggregate(
        all=Count("pk", distinct=True), causes=Count("effects", distinct=True)
    )
    asked = review.recommendations.aggregate(
        all=Count("pk"), ownerless=Count("pk", filter=Q(owner_post=""))
    )
    undone = Q(state__in=[CareState.NOT, CareState.UNKNOWN])
    care = review.care.aggregate(all=Count("pk"), undone=Count("pk", filter=undone))
    return Counts(
        measures=review.measures.count(),
        alerts=alerts["all"],
        silent=alerts["silent"],
        roles=roles["all"],
        unresolved=roles["unresolved"],
        entries=entries["all"],
        disputed=entries["disputed"],
        untimed=entries["untimed"],
        findings=found["all"],
        causes=found["causes"],
        ratings=review.ratings.count(),
        recommendations=asked["all"],
        ownerless=asked["ownerless"],
        dissents=review.dissents.count(),
        care=care["all"],
        undone=care["undone"],
        justice=review.justice.count(),
        bodies=review.bodies.count(),
        asked=review.consultations.count(),
        unheard=review.consultations.filter(answers=None).count(),
        notices=review.notices.count(),
    )


def _notes(n: Counts) -> dict[str, str]:
    """One line under each title: what is there, in numbers."""
    timeline = [
        ngettext("%(n)d entry", "%(n)d entries", n.entries) % {"n": n.entries},
        ngettext("%(n)d disputed", "%(n)d disputed", n.disputed) % {"n": n.disputed},
        ngettext("%(n)d without a time", "%(n)d without a time", n.untimed) % {"n": n.untimed},
    ]
    planned = [
        ngettext("%(n)d measure planned", "%(n)d measures planned", n.measures) % {"n": n.measures}
    ]
    if n.alerts:
        planned += [
            ngettext("%(n)d alert", "%(n)d alerts", n.alerts) % {"n": n.alerts},
            ngettext(
                "%(n)d with nothing recorded as done",
                "%(n)d with nothing recorded as done",
                n.silent,
            )
            % {"n": n.silent},
        ]
    return {
        "A": ngettext("%(n)d body named", "%(n)d bodies named", n.bodies) % {"n": n.bodies}
        if n.bodies
        else _("Tier, scope, who took part"),
        "B": ", ".join(planned),
        "C": _("%(said)d of %(all)d roles looked at, %(open)d unresolved")
        % {"said": n.roles, "all": len(NetworkRoleKind), "open": n.unresolved},
        "D": ", ".join(timeline),
        "E": _why(n),
        "F": _recommendations_note(n),
        "G": _("%(all)d lines, %(open)d not done or not known") % {"all": n.care, "open": n.undone}
        if n.care
        else "",
        "H": ngettext("%(n)d step of the case", "%(n)d steps of the case", n.justice)
        % {"n": n.justice}
        if n.justice
        else "",
        "I": _section_i(n),
        "J": "",
    }


def _recommendations_note(n: Counts) -> str:
    note = ngettext("%(n)d recommendation", "%(n)d recommendations", n.recommendations) % {
        "n": n.recommendations
    }
    if not n.ownerless:
        return note
    without = ngettext("%(n)d without an owner", "%(n)d without an owner", n.ownerless)
    return f"{note}, {without % {'n': n.ownerless}}"


def _section_i(n: Counts) -> str:
    """What is there of comments, of agencies' words and of notices; never of candid statements."""
    parts = []
    if n.dissents:
        parts.append(
            ngettext("%(n)d comment or dissent", "%(n)d comments or dissents", n.dissents)
            % {"n": n.dissents}
        )
    if n.asked:
        parts.append(
            ngettext(
                "%(n)d of %(all)d agency asked is yet to answer",
                "%(n)d of %(all)d agencies asked are yet to answer",
                n.asked,
            )
            % {"n": n.unheard, "all": n.asked}
        )
    if n.notices:
        parts.append(
            ngettext("%(n)d fair notice", "%(n)d fair notices", n.notices) % {"n": n.notices}
        )
    return ", ".join(parts)


def _why(n: Counts) -> str:
    """What section E holds; links and ratings only where there are any."""
    parts = [ngettext("%(n)d finding", "%(n)d findings", n.findings) % {"n": n.findings}]
    if n.causes:
        parts.append(ngettext("%(n)d cause link", "%(n)d cause links", n.causes) % {"n": n.causes})
    if n.ratings:
        words = ngettext("%(n)d capability rated", "%(n)d capabilities rated", n.ratings)
        parts.append(words % {"n": n.ratings})
    return ", ".join(parts)


def _standing(review: Review, section: Section, n: Counts) -> tuple[str, str]:
    """The shape and the word in the margin."""
    if section.letter == Letter.I:
        if n.dissents:
            return "submitted", _("%(n)d to read") % {"n": n.dissents}
        return "none", _("None yet")
    if section.letter == Letter.J:
        shape = "none" if review.state in OPEN_STATES else "submitted"
        shape = (
            "ok"
            if review.state in {ReviewState.APPROVED, ReviewState.PUBLISHED, ReviewState.CARRIED}
            else shape
        )
        return shape, review.get_state_display()
    return SHAPES[SectionState(section.state)], section.get_state_display()


def tasks(review: Review, *, here: str = "") -> list[Task]:
    """Sections A to J, in order."""
    n = counts(review)
    notes = _notes(n)
    for letter, asked in open_comments(review).items():
        words = ngettext("%(n)d comment to answer", "%(n)d comments to answer", asked)
        notes[letter] = ", ".join(filter(None, [notes[letter], words % {"n": asked}]))
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


def missing(review: Review, *, today: date) -> list[Missing]:
    """What keeps the review from being submitted today, a sentence each, linked to its page."""
    if review.tier == ReviewTier.T1:
        return _missing_of_debrief(review, today=today)
    says_b = review.sections.filter(letter=Letter.B).exclude(text="").exists()
    lines_b = (review.measures, review.plans, review.alerts)
    has = {
        Letter.B: says_b or any(rows.exists() for rows in lines_b),
        Letter.D: review.timeline.exists(),
        Letter.E: review.findings.exists(),
        Letter.F: review.recommendations.exists(),
    }
    sentences = {
        Letter.B: _("Section B says nothing: give one measure, or say in words what was planned."),
        Letter.D: _("Section D has no entry: give at least one, the time may stay unknown."),
        Letter.E: _("Section E has no finding: give at least one."),
        Letter.F: _("Section F has no recommendation with an owner and a due date."),
    }
    found = [
        Missing(letter, sentences[letter], section_url(review, letter))
        for letter in REQUIRED_LETTERS
        if not has[letter]
    ]
    lacking = [_lacking(review, row, lack) for row, lack in unfinished(review, today=today)]
    return [*_without_facilitator(review), *found, *lacking, *_unanswered(review)]


def _missing_of_debrief(review: Review, *, today: date) -> list[Missing]:
    """Its two answers; and of what it asks for, who is to do it by when."""
    page = reverse("reviews:debrief_edit", args=[review.pk])
    found = [Missing(letter, words, page) for letter, words in missing_of_debrief(review)]
    return found + [
        _lacking(review, row, lack)
        for row, lack in unfinished(review, today=today)
        if lack.field in {"owner_post", "due_date"}
    ]


def _without_facilitator(review: Review) -> list[Missing]:
    if not rules.is_facilitated(review.tier):
        return []
    member = review.members.filter(role=MemberRole.FACILITATOR).select_related("user").first()
    people = reverse("reviews:review_members", args=[review.pk])
    if member is None:
        return [Missing(Letter.A, str(rules.NO_FACILITATOR), people)]
    if member.in_chain is not False:
        return [Missing(Letter.A, str(rules.FACILITATOR_IN_CHAIN), people)]
    if rules.is_among(member.user.post, review.participants):
        return [Missing(Letter.A, str(rules.FACILITATOR_TOOK_PART), people)]
    return []


def _unanswered(review: Review) -> list[Missing]:
    open_letters = review.section_comments.filter(answered_at=None).values_list("letter", flat=True)
    sentence = _("Say in section %(letter)s what was done about the commander’s comment.")
    return [
        Missing(letter, sentence % {"letter": letter}, section_url(review, letter))
        for letter in sorted(set(open_letters))
    ]


def _lacking(review: Review, row: Recommendation, lack: Lack) -> Missing:
    """What one recommendation lacks, linked to its own page."""
    said = {"n": row.number, "sentence": lack.sentence}
    return Missing(
        Letter.F,
        _("Recommendation %(n)d: %(sentence)s") % said,
        reverse("reviews:row_change", args=[review.pk, "recommendations", row.pk]),
    )
