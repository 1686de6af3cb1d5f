"""A hidden row in every table that row-level security guards."""

from django.db import connection

from agencies.choices import TLP
from bulletins.actions.bulletins import compose_bulletin
from bulletins.models import Consent, Document, Receipt, Release, Rendering
from incidents.models import (
    AdoptedFigure,
    Claim,
    Fact,
    IncidentShare,
    IncidentWidening,
    LogEntry,
    OpenQuestion,
    Support,
)
from lessons.models import LessonShare, Recurrence, RecurrenceCase, RecurrenceShare
from reviews.models import (
    Account,
    Dissent,
    Member,
    NetworkRole,
    PlannedMeasure,
    ReviewShare,
    ReviewVersion,
    Section,
    SignOff,
)
from tests.aar.test_walls import Hidden
from tests.bulletins.factories import text
from tests.factories import NOON, UserFactory
from tests.incidents.factories import details_of_each_section

HASH = "0" * 64


def filled():
    """Another agency's records, and in every guarded table a row that hangs from one of them."""
    found = Hidden()
    _fill_incident(found)
    _fill_review(found)
    _fill_rest(found)
    _fill_requests(found)
    return found


def _fill_incident(found):
    incident = found.incident
    Claim.objects.create(incident=incident, kind="NO_CLAIM")
    fact = Fact.objects.create(
        incident=incident, topic=Fact._meta.get_field("topic").choices[0][0], text="x"
    )
    Support.objects.create(
        evidence=found.evidence, fact=fact, attached_at=NOON, attached_by=incident.recorded_by
    )
    LogEntry.objects.create(incident=incident, text="x", on_date=NOON)
    OpenQuestion.objects.create(incident=incident, text="x")
    for made in details_of_each_section():
        made.incident, made.section = incident, made.SECTION
        made.recorded_at, made.recorded_by = NOON, incident.recorded_by
        made.save()
    count = incident.casualty_counts.filter(group="victims").earliest("pk")
    AdoptedFigure.objects.create(
        incident=incident,
        count=count,
        state=count.state,
        why="x",
        adopted_at=NOON,
        adopted_by=incident.recorded_by,
    )
    for model, record in ((IncidentShare, incident), (ReviewShare, found.review)):
        _share(model, record, found)
    _share(LessonShare, found.lesson, found)


def _share(model, record, found):
    model.objects.create(
        record=record, to_agency=found.editor.agency, shared_at=NOON, shared_by=found.editor
    )


def _fill_review(found):
    review, lead = found.review, found.review.lead
    Account.objects.create(entry=found.entry, by="We", said="No")
    Dissent.objects.create(
        review=review, agency=review.agency, kind="fact", text="x", at=NOON, by=lead
    )
    Member.objects.create(review=review, user=lead, role="LEAD")
    NetworkRole.objects.create(review=review, kind="planner")
    PlannedMeasure.objects.create(review=review, text="x")
    ReviewVersion.objects.create(
        review=review, number=1, content={}, sha256=HASH, frozen_at=NOON, frozen_by=lead
    )
    Section.objects.create(review=review, letter="B")
    SignOff.objects.create(review=review, deed="SUBMITTED", at=NOON, by=lead)


def _fill_rest(found):
    found.lesson.areas.add(found.incident.district)
    recurrence = Recurrence.objects.create(
        key="hidden",
        failure="Again",
        agency=found.review.agency,
        tlp=TLP.AMBER_STRICT,
        recorded_at=NOON,
        recorded_by=found.editor,
    )
    RecurrenceCase.objects.create(
        recurrence=recurrence, incident=found.incident, text="x", position=1
    )
    _share(RecurrenceShare, recurrence, found)
    Receipt.objects.create(
        release=Release.objects.get(pk=found.release.pk),
        bulletin=found.bulletin,
        agency=found.release.to_agency,
    )
    # What is issued takes no further lesson, whoever adds it; a draft does.
    draft = text(tlp=TLP.AMBER_STRICT)
    compose_bulletin(text=draft, lesson_ids=[found.lesson.pk], by=found.editor, at=NOON)
    document = Document.objects.create(
        content_key=HASH, path="x.pdf", sha256=HASH, size=1, pages=1, made_at=NOON
    )
    Rendering.objects.filter(bulletin=found.bulletin).update(
        document=document, state="DONE", finished_at=NOON
    )


def _fill_requests(found):
    """What waits for a second person, and for the originator's word."""
    incident, lesson = found.incident, found.lesson
    IncidentWidening.objects.create(
        record=incident,
        agency=incident.agency,
        reference=incident.reference,
        from_tlp=incident.tlp,
        from_classification=incident.classification,
        tlp=TLP.GREEN,
        classification=incident.classification,
        reason="x",
        asked_at=NOON,
        asked_by=found.editor,
    )
    asker = UserFactory.create()
    Consent.objects.create(
        lesson=lesson,
        reference=lesson.reference,
        originator=lesson.agency,
        agency=asker.agency,
        reason="x",
        asked_at=NOON,
        asked_by=asker,
    )


def guarded():
    """Every table under row-level security, but for the record of deeds, which has its own rule."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
            " AND relnamespace = 'public'::regnamespace AND relname <> 'audit_event'"
        )
        return sorted(row[0] for row in cursor.fetchall())
