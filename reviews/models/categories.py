"""Categories that the field edits: causes of failure and kinds of recommendation."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound="Category")


class CategoryQuerySet(models.QuerySet[Row]):
    def in_use(self) -> Self:
        """Categories that may still be chosen."""
        return self.filter(is_active=True)


class Category(models.Model):
    """A code with its meaning and the source of that meaning."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    label_en = models.CharField(_("label"), max_length=120)
    label_ur = models.CharField(_("label in Urdu"), max_length=120, blank=True)
    definition = models.TextField(_("meaning"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    # How other schemes name the same thing (HSEEP, CONTEST, NAP points, ...).
    crosswalk = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk} {self.code} {self.label_en}"

    @property
    def label(self) -> str:
        """The label in the language of the page."""
        return self.label_ur if self.label_ur and get_language() == "ur" else self.label_en


class FailureCategoryQuerySet(CategoryQuerySet["FailureCategory"]):
    pass


class FailureCategory(Category):
    """Where in the chain it failed: 14 stages, each with its ways of failing."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    objects = FailureCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("failure category")
        verbose_name_plural = _("failure categories")
        constraints = [
            models.CheckConstraint(condition=~Q(label_en=""), name="failure_category_has_label")
        ]


class RecommendationCategoryQuerySet(CategoryQuerySet["RecommendationCategory"]):
    pass


class RecommendationCategory(Category):
    """What kind of remedy a recommendation asks for."""

    objects = RecommendationCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation category")
        verbose_name_plural = _("recommendation categories")
        constraints = [
            models.CheckConstraint(
                condition=~Q(label_en=""), name="recommendation_category_has_label"
            )
        ]


class NationalPlanPointQuerySet(CategoryQuerySet["NationalPlanPoint"]):
    pass


class NationalPlanPoint(Category):
    """A point of the National Action Plan, of 2014 (20 points) or of 2021 (14).

    The field edits them: the wording of 2021 was not found in an official text.
    """

    plan = models.PositiveSmallIntegerField(_("plan of the year"))

    objects = NationalPlanPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of the National Action Plan")
        verbose_name_plural = _("points of the National Action Plan")
        constraints = [
            models.CheckConstraint(condition=~Q(label_en=""), name="plan_point_has_label")
        ]
