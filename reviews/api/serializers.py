"""Reviews as other systems read them."""

from rest_framework import serializers

from reviews.models import Finding, Recommendation, Review


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """One finding with its category code and grade."""

    category = serializers.CharField(source="category.code", default="")
    grade = serializers.CharField(read_only=True)

    class Meta:
        model = Finding
        fields = (
            "number",
            "kind",
            "title",
            "category",
            "phase",
            "expected",
            "happened",
            "evidence",
            "counterfactual",
            "grade",
        )


class RecommendationSerializer(serializers.ModelSerializer[Recommendation]):
    """One recommendation with its owner and the findings it answers."""

    category = serializers.CharField(source="category.code", default="")
    owner_agency = serializers.CharField(source="owner_agency.code", default="")
    findings: "serializers.SlugRelatedField[Finding]" = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="number"
    )

    class Meta:
        model = Recommendation
        fields = (
            "number",
            "reference",
            "text",
            "category",
            "owner_post",
            "owner_agency",
            "due_date",
            "closure_criterion",
            "status",
            "findings",
        )


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """A review with its findings and recommendations; people by post."""

    incident = serializers.CharField(source="incident.reference")
    agency = serializers.CharField(source="agency.code")
    lead = serializers.CharField(source="lead.post")
    findings = FindingSerializer(many=True, read_only=True)
    recommendations = RecommendationSerializer(many=True, read_only=True)

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
            "deferred_until",
            "scope",
            "findings",
            "recommendations",
        )
