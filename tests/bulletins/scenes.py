"""Bulletins that hold every part there is, without a database, in any language."""

from dataclasses import replace
from datetime import date

from django.utils import translation

from bulletins.rendering.both import in_languages
from bulletins.rendering.documents import (
    ActionLine,
    BriefDocument,
    BulletinDocument,
    Cite,
    CountRow,
    DissentLine,
    FindingLine,
    IncidentBlock,
    LessonBlock,
    Mark,
    RecommendationLine,
    SourceLine,
    Tally,
)
from bulletins.rendering.passages import PartBlock, PassageBlock, SaidLine
from reviews.choices import EntryKind
from reviews.lanes import HandOff, Lanes
from reviews.lanes import Mark as Deed

DAY = date(2023, 9, 29)
WORDS = {
    "en": "The only check stood at the edge of the crowd, inside the reach of any blast. ",
    "ur": "واحد چیکنگ ہجوم کے کنارے پر تھی، جہاں کوئی بھی دھماکہ پہنچ سکتا تھا۔ ",
}
NAMES = {
    "en": {"mastung": "Mastung", "hangu": "Hangu", "police": "Police", "rescue": "Rescue 1122"},
    "ur": {"mastung": "مستونگ", "hangu": "ہنگو", "police": "پولیس", "rescue": "ریسکیو 1122"},
}
DISSENT = "Sixty days cannot cover every hall with the engineers in post. " * 6


def bulletin(language):
    """Mastung and Hangu with map, lanes, series, recommendation, dissent and sources."""
    return in_languages(language, _bulletin)


def version(language, parts=40):
    """A frozen version of many short parts."""
    with translation.override(language):
        return BriefDocument(
            number="RB-2026-0001",
            kind="Review, version 1",
            language=language,
            title=NAMES[language]["mastung"],
            stand="As frozen.",
            agency="Agency",
            subject="AAR-1",
            mark=Mark("AMBER", "RESTRICTED"),
            printed_on=date(2026, 11, 22),
            passages=(PassageBlock("D · Timeline", tuple(map(_part, range(parts)))),),
        )


def _part(number):
    lines = (SaidLine("Time", "16:05"), SaidLine("Text", WORDS["en"]), SaidLine("Grade", "B2"))
    return PartBlock(f"Entry {number}", lines[: 2 + number % 2])


def _bulletin(language):
    words, names = WORDS[language], NAMES[language]
    lesson = LessonBlock(
        *(1, "L-2026-0001", words[:40], "Lesson", "Endorsed", words * 5, words * 2),
        findings=(FindingLine("E1", "Failure", words, words, "", "B2", "AAR-1", 90),),
    )
    return BulletinDocument(
        number="LB-2026-0001",
        edition=1,
        language=language,
        title="Two gatherings, one day",
        bottom_line=words,
        audience="District officers",
        agency="Agency",
        mark=Mark("AMBER", "RESTRICTED", ("ORCON",)),
        issued_on=date(2026, 11, 22),
        actions=(ActionLine(1, words, date(2026, 12, 6)),),
        lessons=tuple(replace(lesson, number=number) for number in (1, 2)),
        incidents=(
            _incident("TD-2023-0929-1", names["mastung"], "PK220", language),
            _incident("TD-2023-0929-2", names["hangu"], "PK510", language),
        ),
        recommendations=(RecommendationLine("R1", words, "District officer", DAY, words),),
        dissents=(DissentLine("Works department", "Dissent", "R1", DISSENT),),
        sources=(SourceLine(1, "Dawn", "2023-09-29", "B2"), SourceLine(2, "ARY", "", "C3")),
        is_example=True,
    )


def _incident(reference, name, area, language):
    names = NAMES[language]
    counts = (
        CountRow(DAY, "", "15", "", "Dawn", Cite(1, "B2"), 15),
        CountRow(DAY, "", "50+", "60", "ARY", Cite(2, "C3"), 50, is_open_ended=True),
    )
    return IncidentBlock(
        reference=reference,
        title=name,
        when="29 September 2023",
        place=name,
        summary=WORDS[language] * 3,
        tallies=(Tally("Killed", "15–50+", 2, Cite(1, "B2"), Cite(2, "C3")),),
        unknowns=(WORDS[language],),
        hijri="12–14 Rabi-ul-Awwal 1445",
        area=area,
        area_name=name,
        counts=counts,
        lanes=(_lanes(names["police"], names["rescue"]),),
    )


def _lanes(police, rescue):
    """A deed, an answer after three hours and five minutes."""
    told, came = 9 * 3600, 12 * 3600 + 300
    deeds = ((0, told, "09:00", EntryKind.WARNING), (1, came, "12:05", EntryKind.EFFECT))
    marks = (Deed(lane, at, None, True, clock, "Text", kind) for lane, at, clock, kind in deeds)
    hand_off = HandOff(
        *(police, rescue, "09:00", "12:05", (came - told,), False, True, False),
        *(0, 1, (told,), (came,)),
    )
    return Lanes(DAY, (police, rescue), tuple(marks), (hand_off,))
