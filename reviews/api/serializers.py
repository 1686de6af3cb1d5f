"""Reviews as other systems read them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from reviews.api.lines import (
    CareSerializer,
    DeathSerializer,
    ExclusionSerializer,
    JusticeSerializer,
    NarrativeSerializer,
    ParticipantSerializer,
    PartSerializer,
    ReplySerializer,
    ReportSerializer,
    SittingSerializer,
    SourceAskedSerializer,
    SourceHeardSerializer,
    StageSerializer,
)
from reviews.models import (
    Account,
    CapabilityRating,
    CauseLink,
    FailureCategory,
    Finding,
    FindingBody,
    FindingEvidence,
    NationalPlanPoint,
    Recommendation,
    Review,
    TimelineEntry,
)
from reviews.timeline_order import in_place


class AccountSerializer(serializers.ModelSerializer[Account]):
    """One agency's account of an entry on which accounts differ."""

    time = serializers.TimeField(source="at_time", read_only=True)
    grade = serializers.CharField(read_only=True)

    class Meta:
        model = Account
        fields = ("by", "said", "time", "source", "grade")


class EntrySerializer(serializers.ModelSerializer[TimelineEntry]):
    """One deed. `began` and `ended` have the clock of the source put right by
    `clock_offset` seconds; `evidence` names the pieces that the caller may see."""

    date = serializers.DateField(source="on_date", read_only=True)
    time = serializers.TimeField(source="at_time", read_only=True)
    began = serializers.DateTimeField(read_only=True)
    ended = serializers.DateTimeField(read_only=True)
    acting_agency = serializers.CharField(source="acting_agency.code", default="")
    told_agency = serializers.CharField(source="told_agency.code", default="")
    grade = serializers.CharField(read_only=True)
    evidence: "serializers.SlugRelatedField[Any]" = serializers.SlugRelatedField(
        source="shown_by", many=True, read_only=True, slug_field="evidence_id"
    )
    accounts = AccountSerializer(many=True, read_only=True)

    class Meta:
        model = TimelineEntry
        fields = (
            *("date", "until_date", "time", "until_time", "precision", "clock_offset"),
            *("began", "ended", "phase", "kind", "acting", "acting_agency"),
            *("told", "told_agency", "text", "decided", "because", "authority"),
            *("milestone", "is_public", "source", "source_kind", "grade"),
            *("evidence", "settled", "accounts"),
        )


class FindingBodySerializer(serializers.ModelSerializer[FindingBody]):
    """A body that a finding is about: an agency by its code, or another one in words."""

    agency = serializers.CharField(source="agency.code", default="")

    class Meta:
        model = FindingBody
        fields = ("agency", "name", "post", "role", "note")


class FindingEvidenceSerializer(serializers.ModelSerializer[FindingEvidence]):
    """A file that shows what a finding says, for who may see the file."""

    evidence = serializers.IntegerField(source="evidence_id")
    title = serializers.CharField(source="evidence.title")
    sha256 = serializers.CharField(source="evidence.sha256")

    class Meta:
        model = FindingEvidence
        fields = ("evidence", "title", "sha256", "shows")


class CauseLinkSerializer(serializers.ModelSerializer[CauseLink]):
    """What the finding did to another one, by its number."""

    effect = serializers.IntegerField(source="effect.number")

    class Meta:
        model = CauseLink
        fields = ("kind", "effect", "text")


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """One finding with its category codes, grade, bodies, files and what it led to."""

    category = serializers.CharField(source="category.code", default="")
    other_categories: "serializers.SlugRelatedField[FailureCategory]" = (
        serializers.SlugRelatedField(many=True, read_only=True, slug_field="code")
    )
    grade = serializers.CharField(read_only=True)
    date = serializers.DateField(source="on_date", read_only=True)
    time = serializers.TimeField(source="at_time", read_only=True)
    bodies = FindingBodySerializer(many=True, read_only=True)
    evidence_files = FindingEvidenceSerializer(many=True, read_only=True, source="seen_files")
    effects = CauseLinkSerializer(many=True, read_only=True)

    class Meta:
        model = Finding
        fields = (
            "number",
            "source_number",
            "source_reference",
            "source_words",
            "date",
            "until_date",
            "time",
            "until_time",
            "precision",
            "kind",
            "title",
            "category",
            "other_categories",
            "phase",
            "bodies",
            "expected",
            "expected_in",
            "happened",
            "evidence",
            "evidence_files",
            "grade",
            "probability",
            "confidence",
            "counterfactual",
            "counterfactual_why",
            "severity",
            "severity_published",
            "known_before",
            "known_since",
            "known_from",
            "effects",
        )


class RecommendationSerializer(serializers.ModelSerializer[Recommendation]):
    """One recommendation with its owner and the findings it answers."""

    category = serializers.CharField(source="category.code", default="")
    owner_agency = serializers.CharField(source="owner_agency.code", default="")
    findings: "serializers.SlugRelatedField[Finding]" = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="number"
    )
    plan_points: "serializers.SlugRelatedField[NationalPlanPoint]" = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="code"
    )
    parts = PartSerializer(many=True, read_only=True)
    stages = StageSerializer(many=True, read_only=True)
    replies = ReplySerializer(many=True, read_only=True)

    class Meta:
        model = Recommendation
        fields = (
            "number",
            "reference",
            "source_number",
            "source_reference",
            "issued_date",
            "addressed_to",
            "text",
            "category",
            "owner_post",
            "owner_agency",
            "due_date",
            "closure_criterion",
            "priority",
            "authority",
            "cost",
            "elements",
            "plan_points",
            "is_quick_fix",
            "done_date",
            "is_monitored",
            "monitored_number",
            "monitored_by",
            "status",
            "status_published",
            "findings",
            "parts",
            "stages",
            "replies",
        )


class CapabilityRatingSerializer(serializers.ModelSerializer[CapabilityRating]):
    """How a capability worked, with the numbers of the findings that explain it."""

    findings = serializers.ListField(
        child=serializers.IntegerField(), source="explained_by", read_only=True
    )

    class Meta:
        model = CapabilityRating
        fields = ("capability", "objective", "rating", "reason", "findings")


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """A review with its timeline, findings and recommendations; people by post."""

    incident = serializers.CharField(source="incident.reference")
    agency = serializers.CharField(source="agency.code")
    lead = serializers.CharField(source="lead.post")
    # Days from the incident to publication, or so far.
    days_to_review = serializers.IntegerField(read_only=True)
    timeline = serializers.SerializerMethodField()
    findings = FindingSerializer(many=True, read_only=True)
    ratings = CapabilityRatingSerializer(many=True, read_only=True)
    recommendations = RecommendationSerializer(many=True, read_only=True)
    bodies = ParticipantSerializer(many=True, read_only=True)
    exclusions = ExclusionSerializer(many=True, read_only=True)
    sources_heard = SourceHeardSerializer(many=True, read_only=True)
    sources_asked = SourceAskedSerializer(many=True, read_only=True)
    reports = ReportSerializer(many=True, read_only=True)
    sittings = SittingSerializer(many=True, read_only=True)
    care = CareSerializer(many=True, read_only=True)
    deaths = DeathSerializer(many=True, read_only=True)
    justice = JusticeSerializer(many=True, read_only=True)
    sections = NarrativeSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = (
            "id",
            "reference",
            "incident",
            "agency",
            "tier",
            "state",
            "tlp",
            "classification",
            "caveats",
            "is_example",
            "lead",
            "opened_at",
            "due_at",
            "submitted_at",
            "approved_at",
            "published_at",
            "days_to_review",
            "deferred_until",
            "language",
            "scope",
            "timeline",
            "findings",
            "ratings",
            "recommendations",
            "bodies",
            "exclusions",
            "sources_heard",
            "sources_asked",
            "reports",
            "sittings",
            "care",
            "deaths",
            "justice",
            "sections",
        )

    @extend_schema_field(EntrySerializer(many=True))
    def get_timeline(self, review: Review) -> Any:
        """Entries in order."""
        return EntrySerializer(in_place(review.timeline.all()), many=True).data
