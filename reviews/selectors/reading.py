"""A review gathered for reading: every section with its lines, in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from agencies.models.marking import Person
from reviews.choices import Language, PassageKind
from reviews.delays import Delay, justice_delays
from reviews.models import (
    AdversaryAccount,
    CandourTheme,
    CareStep,
    Chapter,
    DeathFinding,
    Dissent,
    Exclusion,
    Finding,
    HotDebrief,
    JusticeStep,
    Participant,
    PublishedReport,
    Recommendation,
    Review,
    ReviewVersion,
    Section,
    Sitting,
    SourceAsked,
    SourceHeard,
)
from reviews.selectors.alerts import Chain, chain_of
from reviews.selectors.beside import Beside, beside_from, links_asked, record_asked, seen_beside
from reviews.selectors.board import Board, board
from reviews.selectors.chapters import by_section
from reviews.selectors.document import digest
from reviews.selectors.gathering import Found, Lists
from reviews.selectors.lines import lines_asked, lines_from
from reviews.selectors.parts.signing import dissents_asked, dissents_from
from reviews.selectors.passages import named_in
from reviews.selectors.prepared import Prepared
from reviews.selectors.remedies import Assurance, assurance, recommendations_of
from reviews.selectors.timeline import Timeline, timeline_asked, timeline_from
from reviews.selectors.why import FindingLine, Why, grounds_asked, why_from
from reviews.selectors.words import (
    Notice,
    Word,
    moment_of,
    notices_asked,
    notices_from,
    words_asked,
    words_from,
)


@dataclass(frozen=True)
class Planned:
    """Section B."""

    measures: list[Any]
    plans: list[Any]
    chains: list[Chain]
    occasions: list[Any]
    resources: list[Any]
    decisions: list[Any]


@dataclass(frozen=True)
class Header:
    """Section A: who took part, what was left out, who was heard and who was not."""

    reports: list[PublishedReport]
    sittings: list[Sitting]
    bodies: list[Participant]
    exclusions: list[Exclusion]
    sources_asked: list[SourceAsked]
    sources_heard: list[SourceHeard]


@dataclass
class Reading:
    """All sections of a review."""

    review: Review
    words: dict[str, str]
    timeline: Timeline
    planned: Planned
    adversary: AdversaryAccount | None
    board: Board
    why: Why
    recommendations: list[Recommendation]
    dissents: list[Dissent]
    agency_words: list[Word]
    notices: list[Notice]
    themes: list[CandourTheme]
    signoffs: list[Any]
    version: ReviewVersion | None
    is_as_frozen: bool
    # The language of the words of each section, as HTML names it.
    langs: dict[str, str]
    header: Header
    care: list[CareStep]
    deaths: list[DeathFinding]
    justice: list[JusticeStep]
    delays: list[Delay]
    assurance: list[Assurance]
    beside: dict[tuple[str, int], list[Dissent]] = field(default_factory=dict)
    debrief: HotDebrief | None = None
    chapters: dict[str, list[Chapter]] = field(default_factory=dict)
    # What the incident's own record says.
    record: Beside = field(default_factory=Beside)

    @property
    def findings(self) -> list[Finding]:
        """The findings alone."""
        return [line.finding for line in self.why.lines]

    @property
    def findings_disputed(self) -> list[tuple[FindingLine, list[Dissent], list[int]]]:
        """Each finding with the dissents that dispute it and the recommendations that answer it."""
        answers: dict[int, list[int]] = defaultdict(list)
        for each in self.recommendations:
            for finding in each.findings.all():
                answers[finding.number].append(each.number)
        return [
            (line, self.beside.get(("finding", number), []), answers[number])
            for line in self.why.lines
            for number in (line.finding.number,)
        ]

    @property
    def recommendations_disputed(self) -> list[tuple[Recommendation, list[Dissent]]]:
        """Each recommendation with the dissents that dispute it."""
        return [
            (each, self.beside.get(("recommendation", each.number), []))
            for each in self.recommendations
        ]


def read(review: Review, reader: Person) -> Reading:
    """Gather the whole review, as far as `reader` may see what hangs from it."""
    found = OF_REVIEW.gathered(review)
    found |= seen_beside(found, review, reader)
    lines, why = lines_from(found), why_from(found)
    steps = lines.of(JusticeStep)
    recommendations = recommendations_of(lines)
    dissents = dissents_from(found)
    version: ReviewVersion | None = _only(found["version"])
    sections: list[Section] = found["sections"]
    return Reading(
        review=review,
        words={each.letter: each.text for each in sections},
        langs={each.letter: Language(each.language or review.language).tag for each in sections},
        timeline=timeline_from(found),
        planned=_planned(found, review),
        adversary=_only(found["adversary"]),
        board=board(found["roles"]),
        why=why,
        recommendations=recommendations,
        header=Header(
            reports=lines.of(PublishedReport),
            sittings=lines.of(Sitting),
            bodies=lines.of(Participant),
            exclusions=lines.of(Exclusion),
            sources_asked=lines.of(SourceAsked),
            sources_heard=lines.of(SourceHeard),
        ),
        care=lines.of(CareStep),
        deaths=lines.of(DeathFinding),
        justice=steps,
        delays=justice_delays(review.incident.on_date, steps),
        assurance=assurance(review.published_at),
        dissents=dissents,
        agency_words=words_from(found, moment_of(review)),
        notices=notices_from(found, moment_of(review)),
        themes=found["themes"],
        signoffs=found["signoffs"],
        version=version,
        is_as_frozen=version is not None and digest(version.content) == version.sha256,
        beside=_beside(dissents, found["findings"], recommendations),
        debrief=_only(found["debrief"]),
        chapters=by_section(found["chapters"]),
        record=beside_from(found),
    )


def _asked(review: Review) -> Lists:
    """What hangs from a review; `seen_beside` leaves out what not each of its readers sees."""
    place = ("position", "id")
    return {
        **lines_asked(review),
        **grounds_asked(review),
        **timeline_asked(review),
        **record_asked(review),
        **links_asked(review),
        **dissents_asked(review),
        **words_asked(review),
        **notices_asked(review),
        "measures": review.measures.order_by(*place),
        "plans": review.plans.order_by(*place),
        "alerts": review.alerts.order_by(*place),
        "occasions": review.occasions.order_by(*place),
        "resources": review.resources.order_by(*place),
        "decisions": review.decisions.order_by(*place),
        "adversary": review.adversary.all(),
        "roles": review.network_roles.order_by("id"),
        "sections": review.sections.order_by("letter"),
        "version": review.versions.order_by("-number")[:1],
        "signoffs": review.signoffs.select_related("by").order_by("at", "id"),
        "themes": review.candour_themes.shown(),
        "debrief": HotDebrief.objects.filter(review=review),
        "chapters": Chapter.objects.filter(review=review).order_by(*place),
    }


OF_REVIEW = Prepared(_asked)


def _planned(found: Found, review: Review) -> Planned:
    return Planned(
        measures=found["measures"],
        plans=found["plans"],
        chains=[chain_of(row, review.incident) for row in found["alerts"]],
        occasions=found["occasions"],
        resources=found["resources"],
        decisions=found["decisions"],
    )


def _only(rows: list[Any]) -> Any:
    return rows[0] if rows else None


def _beside(
    dissents: Iterable[Dissent],
    findings: Iterable[Finding],
    recommendations: Iterable[Recommendation],
) -> dict[tuple[str, int], list[Dissent]]:
    """Dissents by the finding or recommendation that they point at.

    Those attached before passages had a reference are found by their words: "finding 2".
    """
    numbers = {
        **{(PassageKind.FINDING, str(each.pk)): each.number for each in findings},
        **{(PassageKind.RECOMMENDATION, str(each.pk)): each.number for each in recommendations},
    }
    found: dict[tuple[str, int], list[Dissent]] = defaultdict(list)
    for dissent in dissents:
        if not dissent.passage:
            for kind, number in named_in(dissent.about):
                found[kind, number].append(dissent)
        elif (place := (PassageKind(dissent.passage), dissent.passage_key)) in numbers:
            found[place[0], numbers[place]].append(dissent)
    return dict(found)
