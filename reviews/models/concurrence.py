"""Section I: what the agencies that were asked say of the review."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from reviews.choices import Concur
from reviews.models.people import Consultation
from reviews.models.signoff import KEPT, Dissent


class Concurrence(models.Model):
    """One answer of an agency that was asked. The last one holds; the earlier ones are kept.

    The words of a comment or dissent are a `Dissent`, so that they print wherever dissents do.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="answers")
    word = models.CharField(_("your agency’s word"), max_length=7, choices=Concur)
    dissent = models.OneToOneField(
        Dissent, models.PROTECT, null=True, blank=True, related_name="concurrence"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # From the form that gave it, so that a second click gives nothing.
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(word=Concur.CONCUR, dissent=None)
                | Q(word__in=[Concur.COMMENT, Concur.DISSENT], dissent__isnull=False),
                name="concurrence_says_what_it_disputes",
            )
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} {self.word}"
