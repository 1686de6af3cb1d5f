"""Lessons as other systems read them."""

from typing import Any

from rest_framework import serializers

from lessons.models import Lesson
from reviews.models import Finding


class LessonSourceSerializer(serializers.ModelSerializer[Finding]):
    """A finding that a lesson stands on, as far as the reader may see its review."""

    review = serializers.CharField(source="review.reference")
    incident = serializers.CharField(source="review.incident.reference")

    class Meta:
        model = Finding
        fields = ["id", "number", "title", "kind", "review", "incident"]


class LessonSerializer(serializers.ModelSerializer[Lesson]):
    """A lesson with its marking, its state and its visible sources."""

    agency = serializers.CharField(source="agency.code")
    category = serializers.SerializerMethodField()
    areas = serializers.SerializerMethodField()
    findings = LessonSourceSerializer(source="seen_findings", many=True)

    class Meta:
        model = Lesson
        fields = [
            "id",
            "reference",
            "kind",
            "state",
            "title",
            "title_ur",
            "observation",
            "discussion",
            "conclusion",
            "recommendation",
            "category",
            "areas",
            "target_type",
            "occasion",
            "agency",
            "tlp",
            "classification",
            "caveats",
            "is_example",
            "drawn_at",
            "endorsed_at",
            "findings",
        ]

    def get_category(self, lesson: Lesson) -> str | None:
        """The code of its category."""
        return lesson.category.code if lesson.category else None

    def get_areas(self, lesson: Lesson) -> list[dict[str, Any]]:
        """Where it applies: a code alone is never a key."""
        return [
            {"scheme": area.scheme, "version": area.version, "code": area.code, "name": area.name}
            for area in lesson.areas.all()
        ]
