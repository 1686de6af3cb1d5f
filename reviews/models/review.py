"""The review, its people and its sections."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import Classification, Role
from agencies.models import Marked, MarkedQuerySet, NeverWider, Share, User
from agencies.models.marking import Person
from incidents.models import Incident
from reviews.choices import (
    RELEASED_STATES,
    Letter,
    MemberRole,
    ReviewState,
    ReviewTier,
    SectionState,
)
from reviews.models.triggers import SignedByAnother, WritersDoNotSign


class ReviewQuerySet(MarkedQuerySet["Review"]):
    def visible_to(self, user: Person) -> Self:
        """Published reviews by their marking; before that, the team and its approvers only."""
        published = Q(state__in=RELEASED_STATES) & self.marking_allows(user)
        if not isinstance(user, User) or not user.is_active:
            return self.filter(published)
        cleared = Q(classification__in=Classification.up_to(user.clearance))
        on_team = Exists(Member.objects.filter(review=OuterRef("pk"), user=user))
        inside = Q(on_team)
        if user.role == Role.COMMANDER:
            inside |= Q(agency_id=user.agency_id) & ~Q(state=ReviewState.DRAFT)
        if user.role == Role.RELEASE_OFFICER:  # publishes what a commander has approved
            inside |= Q(agency_id=user.agency_id, state=ReviewState.APPROVED)
        return self.filter(published | (inside & cleared))

    def awaiting(self, user: User) -> Self:
        """Submitted reviews that wait for this commander's word."""
        return self.visible_to(user).filter(state=ReviewState.SUBMITTED, agency_id=user.agency_id)


class Review(Marked):
    """The after-action review of one incident: planned, happened, why, what next."""

    incident = models.ForeignKey(
        Incident, models.PROTECT, related_name="reviews", verbose_name=_("incident")
    )
    reference = models.CharField(_("reference"), max_length=50, unique=True)
    tier = models.CharField(_("tier"), max_length=2, choices=ReviewTier)
    state = models.CharField(
        _("state"), max_length=9, choices=ReviewState, default=ReviewState.DRAFT
    )
    lead = models.ForeignKey(
        User, models.PROTECT, related_name="reviews_led", verbose_name=_("lead")
    )
    # Section A: scope in a few sentences, and who took part, by post or agency.
    scope = models.TextField(_("scope"), blank=True)
    participants = models.TextField(_("who took part"), blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(_("due"))
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="reviews_approved"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="reviews_published"
    )
    deferred_until = models.DateField(_("deferred until"), null=True, blank=True)
    deferred_reason = models.TextField(_("reason for deferring"), blank=True)
    deferred_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="reviews_deferred"
    )
    lock_version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            models.UniqueConstraint(fields=["incident", "agency"], name="review_one_an_agency"),
            models.CheckConstraint(
                condition=Q(tier__in=ReviewTier.values, state__in=ReviewState.values),
                name="review_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ReviewState.DRAFT]) | Q(submitted_at__isnull=False),
                name="review_submitted_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="review_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["APPROVED", "PUBLISHED", "AMENDED"])
                | Q(approved_at__isnull=False),
                name="review_approval_is_recorded",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="review_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("lead")),
                name="review_approver_is_not_the_lead",
                violation_error_message=_("The lead of a review cannot approve it."),
            ),
            models.CheckConstraint(
                condition=Q(published_by=None) | ~Q(published_by=models.F("lead")),
                name="review_publisher_is_not_the_lead",
                violation_error_message=_("The lead of a review cannot publish it."),
            ),
            models.CheckConstraint(
                condition=Q(deferred_until=None, deferred_by=None, deferred_reason="")
                | (
                    Q(deferred_until__isnull=False, deferred_by__isnull=False)
                    & ~Q(deferred_reason="")
                ),
                name="review_deferred_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="review_list"),
            models.Index(fields=["agency", "state", "due_at"], name="review_of_agency"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="state_moves",
                field="state",
                transitions=[
                    ("DRAFT", "SUBMITTED"),
                    ("SUBMITTED", "RETURNED"),
                    ("RETURNED", "SUBMITTED"),
                    ("SUBMITTED", "APPROVED"),
                    ("APPROVED", "PUBLISHED"),
                    ("PUBLISHED", "AMENDED"),
                ],
            ),
            SignedByAnother(),
            NeverWider(),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:review_detail", args=[self.pk])

    @classmethod
    def begun_on(cls, incident_id: int) -> bool:
        """Whether the reader's agency has begun a review, which may be a draft unseen by them."""
        return Incident.objects.filter(pk=incident_id, pk__in=cls.incidents_begun()).exists()

    @classmethod
    def incidents_begun(cls) -> RawSQL:
        """The incidents that the reader's agency has begun to review, for `pk__in`."""
        return RawSQL("SELECT incident_id FROM reviews_begun()", [])

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[ReviewShare]":
        return ReviewShare.objects.filter(record=pk)


class ReviewShare(Share):
    """A review passed to an agency, a group or a person."""

    record = models.ForeignKey(Review, models.CASCADE, related_name="shares")

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

    review = models.ForeignKey(Review, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=11, choices=MemberRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="member_once_a_review"),
        ]
        triggers = [WritersDoNotSign()]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role} of review {self.review_id}"


class Section(models.Model):
    """One of the ten sections: its narrative and how far it is.

    `version` rises with each save, so that two people never overwrite each other unseen.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="sections")
    letter = models.CharField(max_length=1, choices=Letter)
    text = models.TextField(_("in words"), blank=True)
    state = models.CharField(max_length=11, choices=SectionState, default=SectionState.NOT_STARTED)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "letter"], name="section_once_a_review"),
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="section_edited_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.letter} of review {self.review_id}"
