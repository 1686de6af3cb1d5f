"""Postings: who holds which post in which agency, and since when."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from agencies.models.agencies import Agency
from places.models import Area

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from agencies.models.people import User

# Whoever is let in acts in a post that has not ended. Asked at the end of the transaction, of the
# rows as they are then; FOR SHARE makes a posting that ends at the same moment wait.
ACTS_IN_A_LIVE_POST = """
    PERFORM 1 FROM agencies_posting p JOIN agencies_user u ON u.posting_id = p.id
     WHERE u.id = {person} AND u.is_active AND p.ended_at IS NOT NULL
       FOR SHARE OF p;
    IF FOUND THEN
        RAISE EXCEPTION 'person % is let in with a post that has ended', {person}
            USING ERRCODE = 'check_violation', CONSTRAINT = 'acts_in_a_live_post';
    END IF;
    RETURN NULL;
"""


class PostingQuerySet(models.QuerySet["Posting"]):
    def visible_to(self, user: "User | AnonymousUser") -> "PostingQuerySet":
        """Posts that `user` may see: a system admin all, an agency's admin those in the agency."""
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.role == Role.SYSTEM_ADMIN:
            return self
        return self.filter(agency=user.agency_id) if user.role == Role.AGENCY_ADMIN else self.none()

    def live(self) -> "PostingQuerySet":
        """Postings that have not ended."""
        return self.filter(ended_at=None)

    def of(self, person: "User") -> "PostingQuerySet":
        """The live postings of one person, the oldest first."""
        return self.live().filter(person=person).select_related("agency").order_by("pk")


class Posting(models.Model):
    """A post that a person holds in an agency, from the day it was given until it ends.

    A person acts in one of them at a time. What the person acts in now stands on the person as
    well, because every rule asks for it; the database keeps the two alike.
    """

    person = models.ForeignKey("agencies.User", models.PROTECT, related_name="postings")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="postings", verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    post = models.CharField(_("post"), max_length=120)
    # The districts and provinces the post answers for; empty means the whole agency.
    areas = models.ManyToManyField(Area, related_name="postings", blank=True)
    given_at = models.DateTimeField()
    # None when the first people of a deployment are set up.
    given_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="posting_role_is_known"),
            models.CheckConstraint(condition=~Q(post=""), name="posting_names_the_post"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="posting_end_has_a_time_and_a_hand",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("given_at")),
                name="posting_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "agency"],
                condition=Q(ended_at=None),
                name="one_live_post_in_an_agency",
            ),
            # What the foreign key of the person's own copies points at.
            models.UniqueConstraint(
                fields=["id", "person", "agency", "role", "post"], name="posting_with_its_copies"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="person_and_agency_stay",
                fields=["person", "agency", "given_at", "given_by"],
            ),
            pgtrigger.Protect(
                name="ended_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="nobody_acts_in_it",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__ended_at__isnull=False),
                timing=pgtrigger.Deferred,
                func=ACTS_IN_A_LIVE_POST.format(person="NEW.person_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.post}"

    def get_absolute_url(self) -> str:
        """The page of the person who holds it."""
        return reverse("person_detail", args=[self.person_id])


def is_posted_to(agency_id: int) -> Exists:
    """Whether the person of the row holds a live post in the agency."""
    return Exists(Posting.objects.live().filter(person=OuterRef("pk"), agency_id=agency_id))
