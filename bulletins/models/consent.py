"""ORCON: what an originator controls goes on with its consent, asked for and given here."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.choices import WIDENERS, Caveat, WideningState
from agencies.models import Agency, Marked, User
from agencies.models.marking import Person
from incidents.models import Incident
from lessons.models import Lesson
from reviews.models import Review

Subject = Incident | Review | Lesson
STATES = [WideningState.ASKED, WideningState.GRANTED, WideningState.REFUSED]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: Person) -> Self:
        """What one's agency asked; and what others ask of it, for who answers for its records."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        seen = Q(agency_id=user.agency_id)
        if user.role in WIDENERS:
            seen |= Q(originator_id=user.agency_id)
        return self.filter(seen)

    def about(self, record: Marked) -> Self:
        """Requests to pass on what this record says."""
        return self.filter(**{record._meta.model_name or "": record.pk})

    def waiting_for(self, user: User) -> Self:
        """What another agency asks and this person may answer."""
        if user.role not in WIDENERS or not user.is_active:
            return self.none()
        return self.filter(originator_id=user.agency_id, state=WideningState.ASKED)


class Consent(models.Model):
    """The word of an originator on passing on what one of its ORCON records says."""

    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    lesson = models.ForeignKey(
        Lesson, models.PROTECT, null=True, blank=True, related_name="consents"
    )
    reference = models.CharField(_("reference"), max_length=50)
    # Whose record it is, and who asks.
    originator = models.ForeignKey(Agency, models.PROTECT, related_name="consents_given")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="consents_asked")
    state = models.CharField(
        _("state"), max_length=9, choices=WideningState, default=WideningState.ASKED
    )
    reason = models.TextField(_("what for, and who will read it"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("your reason"), blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(incident__isnull=False, review=None, lesson=None)
                | Q(incident=None, review__isnull=False, lesson=None)
                | Q(incident=None, review=None, lesson__isnull=False),
                name="consent_is_about_one_record",
            ),
            models.CheckConstraint(
                condition=~Q(agency=F("originator")), name="consent_is_anothers_to_give"
            ),
            models.CheckConstraint(
                condition=Q(state__in=STATES) & ~Q(reason=""), name="consent_says_what_for"
            ),
            models.CheckConstraint(
                condition=Q(state=WideningState.ASKED, decided_at=None, decided_by=None)
                | (
                    ~Q(state=WideningState.ASKED)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                ),
                name="consent_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=WideningState.REFUSED) | ~Q(answer=""),
                name="consent_refused_with_reason",
            ),
            models.UniqueConstraint(
                fields=["agency", "incident", "review", "lesson"],
                condition=~Q(state=WideningState.REFUSED),
                nulls_distinct=False,
                name="consent_asked_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_stands",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state=WideningState.ASKED),
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} consent to pass on {self.reference}"

    def get_absolute_url(self) -> str:
        return reverse("bulletins:consent_detail", args=[self.pk])


def needs_consent(record: Marked, agency_id: int) -> bool:
    """Another agency's record that its originator controls."""
    return record.agency_id != agency_id and Caveat.ORCON in record.caveats
