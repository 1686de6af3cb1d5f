"""Briefs of any length for measuring, each different by a word; nobody's content."""

from datetime import date
from itertools import count

from django.utils import timezone

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from bulletins.choices import BriefKind, Urgency
from bulletins.models import Brief, Rendering
from bulletins.rendering.documents import BriefDocument, FindingLine, LogLine, Mark
from bulletins.rendering.records import record_hash, to_record
from incidents.models import Incident

SENTENCE = "The only check stood at the edge of the crowd, inside the reach of any blast. "
# Findings that fill about this many pages.
FINDINGS = {1: 6, 2: 12, 12: 110, 50: 470}
NUMBERS = count(1)


def document_of(pages: int) -> BriefDocument:
    """A brief of about so many pages, different from every other."""
    number = next(NUMBERS)
    lines = range(FINDINGS[pages])
    return BriefDocument(
        number=f"IB-MEASURED-{number}",
        kind="Incident brief",
        language="en",
        title=f"Measured brief {number}",
        stand="As it stands",
        agency="Whoever measures",
        subject="Nothing",
        mark=Mark("AMBER_STRICT", "RESTRICTED"),
        printed_on=date(2026, 11, 1),
        summary=SENTENCE * 4,
        log=tuple(LogLine(f"09:{n % 60:02}", SENTENCE) for n in lines),
        findings=tuple(FindingLine(f"F{n}", "Failure", SENTENCE, happened=SENTENCE) for n in lines),
    )


def printer() -> User:
    """Who asks."""
    return person("BL-POLICE", Role.RELEASE_OFFICER)


def asked(documents: list[BriefDocument], urgency: Urgency = Urgency.SINGLE) -> list[int]:
    """The numbers of the renderings that wait for these; no worker is rung."""
    by, now = printer(), timezone.now()
    contents = [to_record(each) for each in documents]
    with acting(by):
        incident = Incident.objects.visible_to(by).order_by("pk")[0]
        briefs = Brief.objects.bulk_create(
            Brief(
                agency=by.agency,
                tlp="AMBER_STRICT",
                reference=each["number"],
                kind=BriefKind.INCIDENT,
                title=each["title"],
                incident=incident,
                content=each,
                sha256=record_hash(each),
                requested_at=now,
                requested_by=by,
            )
            for each in contents
        )
        rows = Rendering.objects.bulk_create(
            Rendering(
                brief=brief,
                requested_at=now,
                queued_at=now,
                requested_by=by,
                agency=by.agency,
                priority=urgency,
            )
            for brief in briefs
        )
    return [row.pk for row in rows]
