"""The review, its people and its sections."""

from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification, Role
from agencies.models import Marked, MarkedQuerySet, NeverWider, User
from agencies.models.marking import Person
from incidents.models import Incident
from reviews.choices import (
    RELEASED_STATES,
    SETTLED_STATES,
    Language,
    ReviewState,
    ReviewTier,
)
from reviews.models.people import Consultation, Member, ReviewShare
from reviews.models.triggers import (
    FacilitatedFirst,
    LeavesWithOwners,
    ShrinksToFit,
    SignedByAnother,
)

# What another agency may be asked about before it is published. The others stay in their agency.
CONSULTED_TLP = (TLP.CLEAR, TLP.GREEN, TLP.AMBER)


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
            own = Q(agency_id=user.agency_id)
            inside |= (own | self._asked(user)) & ~Q(state=ReviewState.DRAFT)
        if user.role == Role.RELEASE_OFFICER:  # publishes what a commander has approved
            done = [ReviewState.APPROVED, ReviewState.CARRIED]
            inside |= Q(agency_id=user.agency_id, state__in=done)
        return self.filter(published | (inside & cleared))

    def originals(self) -> Self:
        """Reviews themselves, without the amendments that are written beside them."""
        return self.filter(amends=None)

    def settled(self) -> Self:
        """Approved or published: their findings may be drawn upon."""
        return self.originals().filter(state__in=SETTLED_STATES)

    def _asked(self, user: User) -> Q:
        """Those on which the lead has asked the word of this person's agency."""
        asked = Consultation.objects.filter(review=OuterRef("pk"), agency_id=user.agency_id)
        may_leave = Q(tlp__in=CONSULTED_TLP) & ~Q(caveats__contains=[Caveat.EYES])
        return may_leave & Q(Exists(asked))

    def to_draw_on(self, user: Person) -> Self:
        """Of those that are seen, the ones that lessons and briefs may be made of.

        An agency that was asked for its word reads the review for that alone until it is published.
        """
        if not isinstance(user, User):
            return self
        on_team = Exists(Member.objects.filter(review=OuterRef("pk"), user=user))
        return self.filter(Q(state__in=RELEASED_STATES) | Q(agency_id=user.agency_id) | Q(on_team))

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
    # Of its words, where a section does not say otherwise.
    language = models.CharField(
        _("language"), max_length=5, choices=Language, default=Language.ENGLISH
    )
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
    # An amendment: a whole copy of the published review, written beside it while readers go on
    # reading what was published. `copied` says of each copied line which line it was.
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("amendment of"),
    )
    amend_reason = models.TextField(_("reason for amending"), blank=True)
    copied = models.JSONField(default=dict, blank=True, editable=False)
    # Set by saving section A: the version that says what was typed, to write on from there.
    read_as = 0

    objects = ReviewQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            models.UniqueConstraint(
                fields=["incident", "agency"],
                condition=Q(amends=None),
                name="review_one_an_agency",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=~Q(state=ReviewState.CARRIED),
                name="review_one_amendment_open",
            ),
            models.CheckConstraint(
                condition=Q(amends=None, amend_reason="")
                | (Q(amends__isnull=False) & ~Q(amend_reason="")),
                name="review_amended_with_reason",
                violation_error_message=_("Say why the review is amended."),
            ),
            models.CheckConstraint(
                condition=Q(amends=None) & ~Q(state="CARRIED")
                | Q(amends__isnull=False) & ~Q(state__in=["PUBLISHED", "AMENDED"]),
                name="review_amendment_is_carried",
            ),
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
                condition=~Q(state__in=["APPROVED", "PUBLISHED", "AMENDED", "CARRIED"])
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
                    ("APPROVED", "CARRIED"),
                ],
            ),
            SignedByAnother(),
            FacilitatedFirst(),
            LeavesWithOwners(),
            NeverWider(),
            ShrinksToFit(),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"

    @property
    def is_settled(self) -> bool:
        """Its findings may be drawn upon; those of an amendment once they are in the review."""
        return self.state in SETTLED_STATES and self.amends_id is None

    @property
    def days_to_review(self) -> int:
        """Days from the incident to publication, or to today; `incident` fetched with it."""
        first = self.incident.until_date or self.incident.sort_date
        last = timezone.localdate(self.published_at or timezone.now())
        return max((last - first).days, 0)

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
