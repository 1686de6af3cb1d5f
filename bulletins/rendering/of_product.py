"""The rows of a product, put together into the document of its kind."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone, translation

from agencies.models import User
from bulletins.choices import BulletinKind
from bulletins.models import Bulletin
from bulletins.rendering import gathering
from bulletins.rendering.counts import count_rows
from bulletins.rendering.documents import ActionLine
from bulletins.rendering.documents_kinds import (
    Basis,
    DrillDocument,
    FlashDocument,
    NoticeDocument,
    ProductDocument,
    StepLine,
)
from bulletins.rendering.of_bulletin import bulletin_document, lessons_of
from incidents.models import CasualtyCount
from lessons.models import Lesson

# So many reports of killed and injured stand on the one page of a flash: the latest.
COUNTS_SHOWN = 5


def product_document(
    product: Bulletin, *, by: User, at: datetime, lesson_ids: Sequence[int] | None = None
) -> ProductDocument:
    """The product as it stands. `lesson_ids` name the lessons of one that is not kept yet."""
    if product.kind == BulletinKind.LESSONS:
        day = timezone.localdate(at)
        return bulletin_document(product, by=by, issued_on=day, lesson_ids=lesson_ids)
    with translation.override(product.language):
        if product.kind == BulletinKind.FLASH:
            return _flash(product, at)
        basis = tuple(
            Basis(lesson.reference, _title(lesson)) for lesson in lessons_of(product, lesson_ids)
        )
        if product.kind == BulletinKind.DRILL:
            return DrillDocument(
                **_common(product, at),
                closed_when=product.closed_when,
                steps=_steps(product.steps),
                rests_on=basis,
            )
        return NoticeDocument(
            **_common(product, at),
            purpose=product.purpose,
            owner_post=product.owner_post,
            report_by=product.report_by,
            actions=action_lines(product),
            rests_on=basis,
        )


def _common(product: Bulletin, at: datetime) -> dict[str, Any]:
    """What every kind has."""
    return {
        "number": product.reference,
        "edition": product.edition,
        "language": product.language,
        "title": product.title,
        "bottom_line": product.bottom_line,
        "audience": product.audience,
        "agency": product.agency.label,
        "mark": gathering.mark_of(product),
        "issued_on": timezone.localdate(at),
        "is_example": product.is_example,
        "change_note": product.change_note,
    }


def _flash(product: Bulletin, at: datetime) -> FlashDocument:
    incident = product.incident
    if incident is None:
        raise ValueError("a flash is about an incident")
    book = gathering.SourceBook()
    counts = CasualtyCount.objects.filter(incident=incident).in_order().select_related("source")
    reports = count_rows(list(counts), book)
    earlier = max(len(reports) - COUNTS_SHOWN, 0)
    shown = reports[earlier:]
    cited = {row.cite.number for row in shown if row.cite}
    return FlashDocument(
        **_common(product, at),
        issued_clock=f"{timezone.localtime(at):%H:%M}",
        about=Basis(incident.reference, incident.label),
        when=gathering.moment_words(incident),
        place=gathering.place_words(incident),
        known=product.known,
        next_word=product.next_word,
        counts=shown,
        earlier_counts=earlier,
        unknown=lines(product.unknown),
        actions=action_lines(product),
        sources=tuple(source for source in book.lines() if source.number in cited),
    )


def _steps(words: str) -> tuple[StepLine, ...]:
    parts = (line.partition(":") for line in lines(words))
    return tuple(StepLine(post.strip(), does.strip()) for post, _colon, does in parts)


def lines(words: str) -> tuple[str, ...]:
    """What was typed, one thing a line."""
    return tuple(line.strip() for line in words.splitlines() if line.strip())


def action_lines(product: Bulletin) -> tuple[ActionLine, ...]:
    """What to do, numbered, each by the day that the product names."""
    return tuple(
        ActionLine(number, line, product.act_by)
        for number, line in enumerate(lines(product.actions), start=1)
    )


def _title(lesson: Lesson) -> str:
    urdu = translation.get_language() == "ur" and lesson.title_ur
    return lesson.title_ur if urdu else lesson.title
