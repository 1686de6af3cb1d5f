"""Lines of a review as other systems read them."""

from rest_framework import serializers

from reviews.models import (
    CareStep,
    Exclusion,
    JusticeStep,
    Participant,
    RecommendationPart,
    RecommendationStage,
    Section,
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
        )


class ExclusionSerializer(serializers.ModelSerializer[Exclusion]):
    """What the review leaves out."""

    class Meta:
        model = Exclusion
        fields = (
            "what",
            "why",
        )


class SourceHeardSerializer(serializers.ModelSerializer[SourceHeard]):
    """How many sources of one kind were heard."""

    class Meta:
        model = SourceHeard
        fields = (
            "kind",
            "number",
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


class CareSerializer(serializers.ModelSerializer[CareStep]):
    """What was done for victims and families; amounts in rupees."""

    class Meta:
        model = CareStep
        fields = (
            "kind",
            "state",
            "on_date",
            "by_post",
            "announced",
            "paid",
            "amount_for",
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
