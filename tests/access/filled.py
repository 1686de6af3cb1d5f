"""A hidden row in every table that row-level security guards."""

from uuid import uuid4

from django.db import connection

from agencies.choices import TLP
from bulletins.actions.bulletins import compose_bulletin
from bulletins.models import (
    Consent,
    Copy,
    Document,
    Notice,
    NoticeChoice,
    Receipt,
    ReceiptReminder,
    Release,
    Rendering,
    Worker,
)
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
    AdversaryAccount,
    AlertReceived,
    CandourGround,
    CandourTheme,
    CapabilityRating,
    CareStep,
    CauseLink,
    Chapter,
    Concurrence,
    Consultation,
    DeathFinding,
    DecisionRight,
    Deployment,
    Dissent,
    DissentAnswer,
    Draft,
    EarlierWording,
    EntryEvidence,
    Exclusion,
    FailureCategory,
    Finding,
    FindingBody,
    FindingEvidence,
    HotDebrief,
    JusticeStep,
    Member,
    NationalPlanPoint,
    NetworkRole,
    NoticeReply,
    OccasionRisk,
    OfflineFiling,
    Participant,
    PlanInForce,
    PlannedMeasure,
    Presence,
    PublishedReport,
    Recommendation,
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
    Reminder,
    ReviewShare,
    ReviewVersion,
    Section,
    SectionComment,
    SignOff,
    Sitting,
    SourceAsked,
    SourceHeard,
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
    _fill_words(found)
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


def _fill_next(review):
    remedy = Recommendation.objects.create(
        review=review, number=99, reference="R-99", text="x", owner_post="SP", due_date=NOON
    )
    RecommendationPart.objects.create(recommendation=remedy, body="A company")
    RecommendationStage.objects.create(recommendation=remedy, what="x")
    RecommendationReply.objects.create(recommendation=remedy, body="A ministry", text="x")
    point = NationalPlanPoint.objects.create(code="2014-1", plan=2014, label_en="x")
    remedy.plan_points.add(point)


def _fill_review(found):
    review, lead = found.review, found.review.lead
    Account.objects.create(entry=found.entry, by="We", said="No")
    EntryEvidence.objects.create(
        entry=found.entry, evidence=found.evidence, attached_at=NOON, attached_by=lead
    )
    dissent = Dissent.objects.create(
        review=review, agency=review.agency, kind="fact", text="x", at=NOON, by=lead
    )
    DissentAnswer.objects.create(dissent=dissent, text="x", at=NOON, by=lead)
    HotDebrief.objects.create(review=review, conditions="x", precision="UNKNOWN")
    Chapter.objects.create(review=review, code="SCOPE", text="x")
    OfflineFiling.objects.create(
        review=review, blank=uuid4(), sha256=HASH, filed_at=NOON, filed_by=lead
    )
    Member.objects.create(review=review, user=lead, role="LEAD")
    NetworkRole.objects.create(review=review, kind="planner")
    for model, said in (
        (Participant, {"body": "A hospital"}),
        (Exclusion, {"what": "x"}),
        (SourceAsked, {"what": "x"}),
        (SourceHeard, {"kind": "witness"}),
        (CareStep, {"kind": "liaison"}),
        (PublishedReport, {"title": "x"}),
        (Sitting, {"kind": "OPEN"}),
        (DeathFinding, {"conclusion": "x"}),
        (JusticeStep, {"kind": "fir"}),
    ):
        model.objects.create(review=review, **said)
    _fill_next(review)
    PlannedMeasure.objects.create(review=review, text="x")
    PlanInForce.objects.create(review=review, title="x")
    AlertReceived.objects.create(review=review, number="x")
    OccasionRisk.objects.create(review=review, occasion="milad")
    Deployment.objects.create(review=review, text="x")
    DecisionRight.objects.create(review=review, text="x")
    AdversaryAccount.objects.create(review=review, method="x")
    _fill_findings(found)
    ReviewVersion.objects.create(
        review=review, number=1, content={}, sha256=HASH, frozen_at=NOON, frozen_by=lead
    )
    Section.objects.create(review=review, letter="B")
    Reminder.objects.create(
        incident=review.incident,
        agency=review.agency,
        review=review,
        kind="HALF",
        addressed_to="LEAD",
        due_at=review.due_at,
        at=NOON,
    )
    _fill_filing(review, lead)
    signed = SignOff.objects.create(review=review, deed="SUBMITTED", at=NOON, by=lead)
    SectionComment.objects.create(review=review, signoff=signed, letter="B", text="x")


def _fill_filing(review, lead):
    EarlierWording.objects.create(review=review, of="B", version=1, values={"text": "x"})
    Draft.objects.create(
        review=review, person=lead, form="/x/", fields=[["text", "x"]], kept_at=NOON
    )
    Presence.objects.create(review=review, person=lead, letter="B", seen_at=NOON)


def _fill_words(found):
    review, lead = found.review, found.review.lead
    asked = Consultation.objects.create(
        review=review, agency=found.editor.agency, due_date=NOON, asked_at=NOON, asked_by=lead
    )
    Concurrence.objects.create(consultation=asked, word="CONCUR", at=NOON, by=lead)
    NoticeReply.objects.create(notice=found.notice, text="x", said_on=NOON, at=NOON, by=lead)
    theme = CandourTheme.objects.create(review=found.statement.review, text="x", by=lead)
    CandourGround.objects.create(theme=theme, statement=found.statement)


def _fill_findings(found):
    finding = found.finding
    other = Finding.objects.create(review=found.review, number=99, kind="gap", title="x")
    FindingBody.objects.create(finding=finding, name="x")
    FindingEvidence.objects.create(finding=finding, evidence=found.evidence)
    CauseLink.objects.create(cause=other, effect=finding)
    finding.other_categories.add(FailureCategory.objects.create(code="F99", label_en="x"))
    rating = CapabilityRating.objects.create(review=found.review, capability="PLN", rating="M")
    rating.findings.add(finding)


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
    Worker.objects.create(name="x", started_at=NOON, seen_at=NOON)
    Copy.objects.create(
        bulletin=found.bulletin,
        document=document,
        person=found.editor,
        agency=found.editor.agency,
        number=1,
        line="Copy 1",
        made_at=NOON,
    )
    receipt = Receipt.objects.filter(bulletin=found.bulletin)[0]
    Notice.objects.create(
        kind="RELEASED",
        bulletin=found.bulletin,
        release=receipt.release,
        person=found.editor,
        agency=found.editor.agency,
        sender=found.bulletin.agency,
        at=NOON,
        try_at=NOON,
        reference=found.bulletin.reference,
        tlp=found.bulletin.tlp,
        classification=found.bulletin.classification,
        ask="READ",
    )
    NoticeChoice.objects.create(person=found.editor, by_mail=[], changed_at=NOON)
    ReceiptReminder.objects.create(
        receipt=receipt, owed="ACT", step="SOON", due_at=NOON, at=NOON, told=1
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
