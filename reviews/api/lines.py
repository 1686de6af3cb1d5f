"""Lines of a review as other systems read them."""

from rest_framework import serializers

from reviews.models import (
    CareStep,
    DeathFinding,
    Exclusion,
    JusticeStep,
    Participant,
    PublishedReport,
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
    Section,
    Sitting,
    SourceAsked,
    SourceHeard,
)


class ParticipantSerializer(serializers.ModelSerializer[Participant]):
    """A body that took part, or was asked to."""

    agency = serializers.CharField(source="agency.code", default="")

    class Meta:
        model = Participant
        fields = (
            "agency",
            "body",
            "part",
            "asked",
            "came",
            "standing",
            "people",
        )


class ExclusionSerializer(serializers.ModelSerializer[Exclusion]):
    """What the review leaves out."""

    class Meta:
        model = Exclusion
        fields = (
            "what",
            "kind",
            "why",
            "ordered_by",
            "on_date",
            "source_reference",
        )


class SourceHeardSerializer(serializers.ModelSerializer[SourceHeard]):
    """How many sources of one kind were heard."""

    class Meta:
        model = SourceHeard
        fields = (
            "kind",
            "way",
            "number",
            "unit",
            "note",
        )


class SourceAskedSerializer(serializers.ModelSerializer[SourceAsked]):
    """A source that was asked and not heard."""

    class Meta:
        model = SourceAsked
        fields = (
            "what",
            "asked_date",
            "answer",
            "note",
        )


class PartSerializer(serializers.ModelSerializer[RecommendationPart]):
    """What another body contributes to a recommendation."""

    agency = serializers.CharField(source="agency.code", default="")

    class Meta:
        model = RecommendationPart
        fields = (
            "agency",
            "body",
            "post",
            "part",
            "reports",
            "due_date",
        )


class StageSerializer(serializers.ModelSerializer[RecommendationStage]):
    """A stage of a recommendation."""

    class Meta:
        model = RecommendationStage
        fields = (
            "what",
            "due_date",
            "done_date",
        )


class ReplySerializer(serializers.ModelSerializer[RecommendationReply]):
    """What an addressee or whoever monitors it said of a recommendation."""

    agency = serializers.CharField(source="agency.code", default="")

    class Meta:
        model = RecommendationReply
        fields = (
            *("agency", "body", "post", "kind", "on_date", "stance", "text"),
            *("status_published", "reference"),
        )


class ReportSerializer(serializers.ModelSerializer[PublishedReport]):
    """A published report that the review rests on."""

    class Meta:
        model = PublishedReport
        fields = (
            *("title", "volume", "issued_by", "chair", "authority", "set_up_date"),
            *("handed_in_date", "published_date", "reference", "pages", "cost", "terms"),
            *("found_at", "note"),
        )


class SittingSerializer(serializers.ModelSerializer[Sitting]):
    """When and how the review sat."""

    class Meta:
        model = Sitting
        fields = (
            *("kind", "on_date", "until_date", "days", "witnesses", "place", "about"),
            *("why_closed", "note"),
        )


class DeathSerializer(serializers.ModelSerializer[DeathFinding]):
    """What was found of how people died. Numbers only."""

    class Meta:
        model = DeathFinding
        fields = (
            *("people", "conclusion", "survivable", "words", "decided_by", "on_date"),
            *("source_reference", "note"),
        )


class CareSerializer(serializers.ModelSerializer[CareStep]):
    """What was done for victims and families; amounts in rupees."""

    class Meta:
        model = CareStep
        fields = (
            "kind",
            "state",
            "on_date",
            "until_date",
            "people",
            "by_post",
            "announced",
            "paid",
            "amount_for",
            "amount_published",
            "source",
            "note",
        )


class JusticeSerializer(serializers.ModelSerializer[JusticeStep]):
    """One step of the case."""

    class Meta:
        model = JusticeStep
        fields = (
            "kind",
            "reference",
            "state",
            "on_date",
            "reported_date",
            "people",
            "court",
            "outcome",
            "outcome_published",
            "source",
            "note",
        )


class NarrativeSerializer(serializers.ModelSerializer[Section]):
    """How far a section is, and the language of its words."""

    class Meta:
        model = Section
        fields = (
            "letter",
            "state",
            "language",
        )
