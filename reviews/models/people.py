"""Who is on a review's team, who was passed it, and which agencies are asked for their word."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Share, User
from reviews.choices import MemberRole
from reviews.models.triggers import WritersDoNotSign


class ReviewShare(Share):
    """A review passed to an agency, a group or a person."""

    record = models.ForeignKey("reviews.Review", models.CASCADE, related_name="shares")

    class Meta(Share.Meta):
        abstract = False
        constraints = [
            *Share.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "to_agency", "to_group", "to_person"],
                nulls_distinct=False,
                name="review_shared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} share of review {self.record_id}"


class Member(models.Model):
    """A person on the review's team."""

    review = models.ForeignKey("reviews.Review", models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=11, choices=MemberRole)
    # Whether their post or unit is among what the review looks at; unknown until the lead says so.
    in_chain = models.BooleanField(_("in the chain reviewed"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="member_once_a_review"),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(role=MemberRole.FACILITATOR),
                name="member_one_facilitator",
                violation_error_message=_("A review has one facilitator."),
            ),
            models.CheckConstraint(
                condition=~Q(role=MemberRole.FACILITATOR) | Q(in_chain=False) | Q(in_chain=None),
                name="member_facilitator_is_outside",
                violation_error_message=_(
                    "The facilitator is of no post or unit that the review looks at."
                ),
            ),
        ]
        triggers = [WritersDoNotSign()]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role} of review {self.review_id}"


class Consultation(models.Model):
    """An agency that is asked for its word on a submitted review by a day, and reads it for that.

    Asking opens the review to the commanders of that agency, cleared for it; it is never unsaid.
    """

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="consultations")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="consultations", verbose_name=_("agency")
    )
    due_date = models.DateField(_("answer by"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "agency"], name="consultation_once_an_agency"
            ),
        ]
        indexes = [models.Index(fields=["agency", "review"], name="consultation_of_agency")]
        triggers = [
            pgtrigger.Protect(
                name="kept_as_written", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} word of agency {self.agency_id} on review {self.review_id}"
