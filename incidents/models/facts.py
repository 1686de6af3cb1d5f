"""Single facts about an incident, each with its source: claims, disputes, what is not known."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents.choices import Basis, ClaimKind, DisputeState, FactTopic
from incidents.models.incident import Incident
from incidents.models.moments import Moment
from incidents.models.sources import Source


class Claim(models.Model):
    """What was said about who did it: a claim, a denial, an allegation. Not a finding."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="claims")
    kind = models.CharField(_("kind"), max_length=10, choices=ClaimKind)
    who = models.CharField(_("who"), max_length=200, blank=True)
    what = models.CharField(_("what was said"), max_length=300, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ClaimKind.NO_CLAIM) | ~Q(who=""), name="claim_says_who"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.who}"


class Fact(models.Model):
    """One thing reported about the incident, and what it rests on."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="facts")
    topic = models.CharField(_("topic"), max_length=11, choices=FactTopic)
    text = models.TextField(_("fact"))
    basis = models.CharField(_("rests on"), max_length=9, choices=Basis, default=Basis.REPORTED)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="fact_says_something")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.topic}"


class LogEntry(Moment):
    """What was reported to have happened, one deed a line. The full timeline is the review's."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="log")
    text = models.TextField(_("what happened"))
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta(Moment.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"#{self.pk} {self.on_date} {self.text[:40]}"


class DisputedFact(models.Model):
    """A fact on which accounts differ. The losing account stays after it is settled."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="disputes")
    name = models.CharField(_("fact"), max_length=100)
    why_differ = models.TextField(_("why they differ"), blank=True)
    state = models.CharField(
        _("state"), max_length=7, choices=DisputeState, default=DisputeState.OPEN
    )
    resolution = models.TextField(_("how it was settled"), blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "name"], name="dispute_once_a_fact"),
            models.CheckConstraint(
                condition=Q(
                    state=DisputeState.OPEN, settled_at=None, settled_by=None, resolution=""
                )
                | (
                    Q(state=DisputeState.SETTLED, settled_at__isnull=False)
                    & Q(settled_by__isnull=False)
                    & ~Q(resolution="")
                ),
                name="dispute_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class FactAccount(models.Model):
    """One account of a disputed fact, in the words it was given."""

    dispute = models.ForeignKey(DisputedFact, models.CASCADE, related_name="accounts")
    said = models.CharField(_("what was said"), max_length=300)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"#{self.pk} {self.said[:40]}"


class OpenQuestion(models.Model):
    """What is not known about the incident, and should be."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="open_questions")
    text = models.CharField(_("not known"), max_length=300)
    position = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"#{self.pk} {self.text[:40]}"
