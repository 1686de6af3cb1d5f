"""Letting a record go further takes two people: one asks, another of the same agency grants.

`NeverWider` is put on each table of records: the database itself refuses an UPDATE that lowers a
marking, unless a request for exactly that was granted in the same transaction.
"""

from collections.abc import Iterable
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification, WideningState
from agencies.models.agencies import Agency
from agencies.models.people import User


class Widening(models.Model):
    """A request to mark a record lower, or to name a further reader of a RED one.

    Concrete in each room: `record` is the foreign key that the subclass adds.
    """

    # The record's owner and number: who decides need not be a reader of the record.
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=50)
    state = models.CharField(
        _("state"), max_length=9, choices=WideningState, default=WideningState.ASKED
    )
    from_tlp = models.CharField(max_length=12, choices=TLP)
    from_classification = models.CharField(max_length=12, choices=Classification)
    from_caveats = ArrayField(models.CharField(max_length=12, choices=Caveat), default=list)
    tlp = models.CharField(_("TLP"), max_length=12, choices=TLP)
    classification = models.CharField(_("classification"), max_length=12, choices=Classification)
    caveats = ArrayField(
        models.CharField(max_length=12, choices=Caveat),
        default=list,
        blank=True,
        verbose_name=_("caveats"),
    )
    reader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reader")
    )
    reason = models.TextField(_("why it should go further"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(_("your reason"), blank=True)
    # The transaction that granted it: filled in by the database.
    granted_in = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state=WideningState.ASKED, decided_at=None, decided_by=None)
                | (
                    ~Q(state=WideningState.ASKED)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="%(class)s_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[WideningState.GRANTED, WideningState.REFUSED])
                | ~Q(decided_by=F("asked_by")),
                name="%(class)s_decided_by_another",
                violation_error_message=_("Who asks for a widening does not decide on it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=WideningState.REFUSED) | ~Q(answer=""),
                name="%(class)s_refused_with_reason",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="%(class)s_says_why"),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(state=WideningState.ASKED),
                name="%(class)s_one_at_a_time",
                violation_error_message=_("A widening of this record is asked for already."),
            ),
        ]

    @property
    def from_caveat_labels(self) -> list[str]:
        """The caveats that it carries, in words."""
        return [str(Caveat(each).label) for each in self.from_caveats]

    @property
    def caveat_labels(self) -> list[str]:
        """The caveats that it would carry, in words."""
        return [str(Caveat(each).label) for each in self.caveats]


def _lower(scale: Iterable[str], column: str) -> str:
    steps = ", ".join(f"'{step}'" for step in scale)
    new, old = (f"array_position(ARRAY[{steps}], {row}.{column}::text)" for row in ("NEW", "OLD"))
    return f"{new} < {old}"


REFUSE_WIDER = """
    IF NOT ({lower_tlp} OR {lower_class} OR NOT OLD.caveats <@ NEW.caveats) THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    IF NOT ({unless}) THEN
        RAISE EXCEPTION '% is marked lower without a second person', {named}
            USING ERRCODE = 'check_violation', CONSTRAINT = 'widened_by_two_people';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""
GRANTED_NOW = """EXISTS (SELECT 1 FROM {table} w WHERE w.record_id = NEW.id
        AND w.granted_in = pg_current_xact_id()::text::bigint AND w.tlp = NEW.tlp
        AND w.classification = NEW.classification
        AND w.caveats <@ NEW.caveats AND NEW.caveats <@ w.caveats)"""


class NeverWider(pgtrigger.Trigger):
    """A marking is lowered only by a granted request, or where `unless` (SQL) says so.

    `named` (SQL) is what the refusal calls the record.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.AnyChange("tlp", "classification", "caveats")

    def __init__(
        self, *, requests: str = "", unless: str = "false", named: str = "NEW.reference"
    ) -> None:
        allowed = GRANTED_NOW.format(table=requests) if requests else unless
        super().__init__(
            name="never_wider",
            declare=[("was", "text := coalesce(current_setting('aar.inside', true), '')")],
            func=REFUSE_WIDER.format(
                lower_tlp=_lower(TLP.values, "tlp"),
                lower_class=_lower(Classification.values, "classification"),
                unless=allowed,
                named=named,
            ),
        )
