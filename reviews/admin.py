"""Categories that the field edits; every change is recorded, nothing is deleted."""

from django.contrib import admin

from agencies.reference import ReferenceAdmin
from reviews.models import FailureCategory, NationalPlanPoint, RecommendationCategory


@admin.register(FailureCategory)
class FailureCategoryAdmin(ReferenceAdmin):
    """The stages of failure and their ways of failing."""

    list_display = ("code", "label_en", "label_ur", "parent", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("parent",)
    search_fields = ("code", "label_en", "label_ur")
    ordering = ("code",)


@admin.register(RecommendationCategory)
class RecommendationCategoryAdmin(ReferenceAdmin):
    """Kinds of remedy."""

    list_display = ("code", "label_en", "label_ur", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "label_en", "label_ur")
    ordering = ("code",)


@admin.register(NationalPlanPoint)
class NationalPlanPointAdmin(ReferenceAdmin):
    """Points of the National Action Plan."""

    list_display = ("code", "plan", "label_en", "label_ur", "is_active")
    list_filter = ("plan", "is_active")
    search_fields = ("code", "label_en", "label_ur")
    ordering = ("plan", "id")
