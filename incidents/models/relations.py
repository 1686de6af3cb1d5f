"""What an agency says of two incidents: that they are related, or that they are not."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.models.marking import Person
from incidents.choices import RelationKind, RelationWord
from incidents.models.incident import Incident

# What was said stays as it was said; it is taken back once.
SAID = ("first", "second", "agency", "word", "kind", "note", "said_at", "said_by")


class RelationQuerySet(models.QuerySet["Relation"]):
    def visible_to(self, user: Person) -> "RelationQuerySet":
        """Those of which the person may see both incidents."""
        seen = Incident.objects.visible_to(user).values("pk")
        return self.filter(first__in=seen, second__in=seen)

    def standing(self) -> "RelationQuerySet":
        """Without what was taken back."""
        return self.filter(taken_back_at=None)

    def of(self, incident: Incident) -> "RelationQuerySet":
        """With this incident on either side."""
        return self.filter(Q(first=incident) | Q(second=incident))

    def between(self, one: int, other: int) -> "RelationQuerySet":
        """Of these two incidents, whichever is named first."""
        return self.filter(first=min(one, other), second=max(one, other))


class Relation(models.Model):
    """Two incidents, and the word of one agency on whether and how they are related.

    Seen by whoever sees both, and a trace of it by nobody else.
    """

    # The lower number stands first, so that one pair is never two.
    first = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    second = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    word = models.CharField(max_length=9, choices=RelationWord)
    kind = models.CharField(
        _("how they are related"), max_length=6, choices=RelationKind, blank=True
    )
    # What the relation is, in words; of a refused one, why it is none.
    note = models.CharField(_("note"), max_length=300, blank=True)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_because = models.CharField(_("why it is taken back"), max_length=300, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relation of two incidents")
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="relation_lower_number_first"
            ),
            models.CheckConstraint(
                condition=(
                    Q(word=RelationWord.CONFIRMED, kind__in=RelationKind.values)
                    & (~Q(kind=RelationKind.OTHER) | ~Q(note=""))
                )
                | (Q(word=RelationWord.REFUSED, kind="") & ~Q(note="")),
                name="relation_says_how_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | (
                    Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                    & ~Q(taken_back_because="")
                ),
                name="relation_taken_back_with_reason",
            ),
            models.UniqueConstraint(
                fields=["first", "second", "agency"],
                condition=Q(taken_back_at=None),
                name="relation_one_word_of_an_agency",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_taken_back", fields=list(SAID)),
            pgtrigger.Protect(
                name="taken_back_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__taken_back_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} relation"

    def other_id(self, incident: Incident) -> int:
        """The number of the incident on the other side."""
        return self.second_id if self.first_id == incident.pk else self.first_id

    def other_than(self, incident: Incident) -> Incident:
        """The incident on the other side."""
        return self.second if self.first_id == incident.pk else self.first
