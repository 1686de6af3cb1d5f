"""A bulletin's rows, put together into the document that is frozen when it is issued."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Prefetch, Q
from django.utils import translation

from agencies.choices import TLP, Classification
from agencies.models import MarkedQuerySet, User
from bulletins.models import Bulletin
from bulletins.rendering import gathering, moons
from bulletins.rendering.both import in_languages
from bulletins.rendering.counts import count_rows
from bulletins.rendering.documents import (
    ActionLine,
    BulletinDocument,
    IncidentBlock,
    LessonBlock,
)
from incidents.models import CasualtyCount, DisputedFact, FactAccount, Incident
from lessons.choices import LessonKind, LessonState
from lessons.models import Lesson
from reviews.lanes import Lanes, lanes_by_day
from reviews.models import Dissent, Finding, Recommendation, Review
from reviews.selectors import in_order

Rows = TypeVar("Rows", bound="MarkedQuerySet[Any]")

# What another agency has marked below these may not be passed on by us.
FREE = (TLP.CLEAR, TLP.GREEN)


def may_print(bulletin: Bulletin) -> Q:
    """Records that this bulletin may carry: no higher marking, and ours or free to pass on."""
    below = Q(
        tlp__in=[tlp for tlp in TLP if tlp.rank <= TLP(bulletin.tlp).rank],
        classification__in=Classification.up_to(bulletin.classification),
    )
    return below & (Q(agency_id=bulletin.agency_id) | Q(tlp__in=FREE))


def printable(rows: Rows, bulletin: Bulletin, by: User) -> Rows:
    """Rows that `by` may read and this bulletin may carry."""
    return rows.visible_to(by).filter(may_print(bulletin))


def bulletin_document(
    bulletin: Bulletin, *, by: User, issued_on: date, lesson_ids: Sequence[int] | None = None
) -> BulletinDocument:
    """The bulletin as it stands, with the evidence that its marking lets it print.

    `lesson_ids` name the lessons of one that is not kept yet.
    """
    lessons = lessons_of(bulletin, lesson_ids)
    return in_languages(
        bulletin.language, lambda language: _gather(bulletin, by, issued_on, lessons, language)
    )


def lessons_of(bulletin: Bulletin, lesson_ids: Sequence[int] | None = None) -> list[Lesson]:
    """The lessons that it is made from, in their order, with their findings.

    `lesson_ids` are those chosen for one that is not kept yet; whoever gives them has asked
    whether the reader may see them.
    """
    if lesson_ids is None:
        rows = Lesson.objects.filter(placements__bulletin=bulletin).order_by("placements__position")
    else:
        rows = Lesson.objects.filter(pk__in=lesson_ids).order_by("reference")
    findings = Finding.objects.select_related("review__incident").order_by("review", "number")
    return list(rows.prefetch_related(Prefetch("findings", findings)))


def _gather(
    bulletin: Bulletin, by: User, issued_on: date, lessons: list[Lesson], language: str
) -> BulletinDocument:
    book = gathering.SourceBook()
    wanted = {finding.review_id for lesson in lessons for finding in lesson.findings.all()}
    reviews = printable(Review.objects.settled().filter(pk__in=wanted), bulletin, by)
    ours = set(reviews.values_list("pk", flat=True))
    shown = {
        finding.pk
        for lesson in lessons
        for finding in lesson.findings.all()
        if finding.review_id in ours
    }
    blocks = tuple(_lesson(number, lesson, shown) for number, lesson in enumerate(lessons, start=1))
    incidents = _incidents(bulletin, by, ours, book)
    return BulletinDocument(
        number=bulletin.reference,
        edition=bulletin.edition,
        language=language,
        title=bulletin.title,
        bottom_line=bulletin.bottom_line,
        audience=bulletin.audience,
        agency=bulletin.agency.label,
        mark=gathering.mark_of(bulletin),
        issued_on=issued_on,
        actions=tuple(
            ActionLine(number, line.strip(), bulletin.act_by)
            for number, line in enumerate(filter(str.strip, bulletin.actions.splitlines()), start=1)
        ),
        lessons=blocks,
        incidents=incidents,
        recommendations=tuple(map(gathering.recommendation_line, _recommendations(shown))),
        dissents=tuple(
            gathering.dissent_line(each)
            for each in Dissent.objects.filter(review__in=ours)
            .select_related("agency", "review")
            .prefetch_related("answers__by")
            .order_by("at", "pk")
        ),
        sources=book.lines(),
        is_example=bulletin.is_example,
        change_note=bulletin.change_note,
    )


def _lesson(number: int, lesson: Lesson, shown: set[int]) -> LessonBlock:
    printed = [finding for finding in lesson.findings.all() if finding.pk in shown]
    drawn_from = lesson.findings.through.objects.filter(lesson_id=lesson.pk).count()
    urdu = translation.get_language() == "ur" and lesson.title_ur
    return LessonBlock(
        number=number,
        reference=lesson.reference,
        title=lesson.title_ur if urdu else lesson.title,
        kind=str(LessonKind(lesson.kind).label),
        state=str(LessonState(lesson.state).label),
        observation=lesson.observation,
        discussion=lesson.discussion,
        conclusion=lesson.conclusion,
        recommendation=lesson.recommendation,
        findings=tuple(map(gathering.finding_line, printed)),
        held_back=drawn_from - len(printed),
    )


def _recommendations(shown: set[int]) -> "list[Recommendation]":
    return list(
        Recommendation.objects.filter(findings__in=shown)
        .distinct()
        .select_related("owner_agency")
        .prefetch_related("findings")
        .order_by("due_date", "reference")
    )


def _incidents(
    bulletin: Bulletin, by: User, reviews: set[int], book: gathering.SourceBook
) -> tuple[IncidentBlock, ...]:
    rows = (
        printable(Incident.objects.filter(reviews__in=reviews).distinct(), bulletin, by)
        .select_related("area", "district", "province")
        .prefetch_related(
            Prefetch(
                "casualty_counts",
                CasualtyCount.objects.in_order().select_related("source"),
            ),
            Prefetch("disputes", DisputedFact.objects.order_by("position", "pk")),
            Prefetch(
                "disputes__accounts",
                FactAccount.objects.select_related("source").order_by("position", "pk"),
            ),
            "open_questions",
        )
        .order_by("sort_date", "pk")
    )
    told = _lanes(reviews)
    return tuple(_incident(row, book, told.get(row.pk, ())) for row in rows)


def _lanes(reviews: set[int]) -> dict[int, tuple[Lanes, ...]]:
    """By incident: who acted when on the day on which most was done, as one review has it."""
    found: dict[int, tuple[Lanes, ...]] = {}
    rows = Review.objects.filter(pk__in=reviews).order_by("-published_at", "-pk")
    for review in rows:
        days = [each for each in lanes_by_day(in_order(review)) if each.is_worth_drawing]
        if days and review.incident_id not in found:
            found[review.incident_id] = (max(days, key=lambda day: len(day.marks)),)
    return found


def _incident(
    incident: Incident, book: gathering.SourceBook, lanes: tuple[Lanes, ...]
) -> IncidentBlock:
    area = incident.district or incident.province
    return IncidentBlock(
        reference=incident.reference,
        title=incident.label,
        when=gathering.moment_words(incident),
        place=gathering.place_words(incident),
        summary=incident.summary,
        tallies=gathering.tallies(incident.casualty_counts.all(), book),
        disputes=gathering.disputes(incident.disputes.all(), book),
        unknowns=tuple(question.text for question in incident.open_questions.all()),
        hijri=moons.happened(incident),
        area=area.code if area else "",
        area_name=area.label if area else "",
        counts=count_rows(incident.casualty_counts.all(), book),
        lanes=lanes,
    )
