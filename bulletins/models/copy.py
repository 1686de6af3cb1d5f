"""The numbered copy: one reader's of one document, made when it is asked for and never stored."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, User
from agencies.models.marking import Person
from bulletins.models.bulletin import EDITORS, Bulletin
from bulletins.models.release import Release
from bulletins.models.rendering import Document


class CopyQuerySet(models.QuerySet["Copy"]):
    def visible_to(self, user: Person) -> Self:
        """One's own; and all of the agency's bulletins for those who send them."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        seen = Q(person=user)
        if user.role in EDITORS:
            seen |= Q(
                bulletin__in=Bulletin.objects.visible_to(user).filter(agency_id=user.agency_id)
            )
        return self.filter(seen)


class Copy(models.Model):
    """That a document was handed to a person, under which number, and what stands at its foot.

    From this row and the document the copy is made again at any time, the same to the byte.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="copies")
    document = models.ForeignKey(Document, models.PROTECT, related_name="copies")
    # By which it reached the person; none where the bulletin is their own agency's, or open to all.
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="copies"
    )
    person = models.ForeignKey(User, models.PROTECT, related_name="copies")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField(_("copy number"))
    # Name, post, agency and time as they are printed.
    line = models.CharField(max_length=500)
    made_at = models.DateTimeField(_("made"))

    objects = CopyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="copy_number_once"),
            models.UniqueConstraint(fields=["person", "document"], name="copy_once_a_person"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(line=""),
                name="copy_is_numbered",
                violation_error_message=_("A copy has a number and says whose it is."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stays_as_made", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} copy {self.number} of bulletin {self.bulletin_id}"
