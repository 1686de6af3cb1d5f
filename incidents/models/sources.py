"""Where a fact comes from, and how far it can be trusted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import Credibility, Reliability
from incidents.models.incident import Incident


class Graded(models.Model):
    """An Admiralty grade: source A to F, information 1 to 6; blank where nobody graded it."""

    reliability = models.CharField(
        _("source"), max_length=1, choices=Reliability, blank=True, default=""
    )
    credibility = models.CharField(
        _("information"), max_length=1, choices=Credibility, blank=True, default=""
    )

    class Meta:
        abstract = True

    @property
    def grade(self) -> str:
        """As written in the field: B2, or F6 where it cannot be judged; blank when ungraded."""
        return f"{self.reliability}{self.credibility}"


class Source(Graded):
    """A page, paper or person that says something about one incident."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="sources")
    title = models.CharField(_("source"), max_length=200)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    # As published: a day, a month ("2023-09") or blank.
    published = models.CharField(_("published"), max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="source_has_a_title"),
            models.UniqueConstraint(
                fields=["incident", "title", "url", "published"], name="source_once_an_incident"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.title}"
