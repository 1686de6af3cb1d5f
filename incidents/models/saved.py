"""A reader's own ways into the register, each kept under a name."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.models.marking import Person

MOST_SAVED = 50
LONGEST_QUERY = 4000
REFUSE_MORE = """
    IF (SELECT count(*) FROM incidents_savedfilter s WHERE s.person_id = NEW.person_id)
        >= 50 THEN
        RAISE EXCEPTION 'person % has saved 50 filters', NEW.person_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'saved_filters_at_most';
    END IF;
    RETURN NEW;
"""


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: Person) -> "SavedFilterQuerySet":
        """One's own, and nobody else's."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(person=user)

    def in_order(self) -> "SavedFilterQuerySet":
        """What opens first, then by name."""
        return self.order_by("-is_first", Lower("name"), "id")


class SavedFilter(models.Model):
    """What one person narrows the register to, and the columns they look at."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    # As the address of the register carries it, without the question mark.
    query = models.CharField(max_length=LONGEST_QUERY)
    # Opened where the register is asked for without an address of its own.
    is_first = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_says"),
            models.UniqueConstraint("person", Lower("name"), name="saved_filter_once_a_name"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_first=True), name="saved_filter_one_first"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="at_most_fifty",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=REFUSE_MORE,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return f"{reverse('incidents:incident_list')}?{self.query}"
