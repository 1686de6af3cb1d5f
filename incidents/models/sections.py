"""The sections of an incident, a table each: FIR, weapons, alerts, response and the rest."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import YesNoUnknown
from incidents.choices.particulars import (
    DetailSection,
    ExplosiveType,
    Fate,
    ResponseStep,
    Switch,
    WeaponType,
)
from incidents.models.moments import Moment
from incidents.models.particulars import Particular

# One number for each fate: a second one would be counted with the first.
ONE_FATE = """
    IF EXISTS (SELECT 1 FROM incidents_attackers a
        JOIN incidents_particular p ON p.id = a.id
        JOIN incidents_particular mine ON mine.id = NEW.id
        WHERE p.incident_id = mine.incident_id AND p.id <> NEW.id
            AND p.replaced_at IS NULL AND a.fate = NEW.fate) THEN
        RAISE EXCEPTION 'the fate % of the attackers is on the record', NEW.fate
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_number_a_fate';
    END IF;
    RETURN NEW;
"""


def _of_particular() -> Any:
    """The way to the row that holds what all sections share; the numbers are the same."""
    return models.OneToOneField(
        Particular, models.CASCADE, parent_link=True, primary_key=True, db_column="id"
    )


def _unchanged() -> list[Any]:
    return [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]


def _known(name: str, codes: type[models.TextChoices]) -> Q:
    return Q(**{f"{name}__in": codes.values})


def _in_order(earlier: str, later: str) -> Q:
    return Q(**{earlier: None}) | Q(**{later: None}) | Q(**{f"{later}__gte": F(earlier)})


def _some_or_unknown(name: str) -> Q:
    return Q(**{name: None}) | Q(**{f"{name}__gte": 1})


class PriorAlert(Particular):
    """A warning given before the incident, and what was done with it."""

    SECTION = DetailSection.ALERT
    particular = _of_particular()
    reference = models.CharField(_("number or reference"), max_length=80, blank=True)
    issued_by = models.CharField(_("issued by"), max_length=200, blank=True)
    issued_date = models.DateField(_("issued on"), null=True, blank=True)
    received = models.CharField(
        _("received"), max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    received_date = models.DateField(_("received on"), null=True, blank=True)
    done = models.TextField(_("what was done with it"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="", issued_by=""), name="alert_is_told_apart"
            ),
            models.CheckConstraint(
                condition=_known("received", YesNoUnknown), name="alert_codes_are_known"
            ),
            models.CheckConstraint(
                condition=Q(received_date=None) | Q(received=YesNoUnknown.YES),
                name="alert_day_only_if_received",
            ),
            models.CheckConstraint(
                condition=_in_order("issued_date", "received_date"),
                name="alert_issued_before_received",
            ),
        ]
        triggers = _unchanged()


class SecurityPlan(Particular):
    """Whether a plan to guard the place or the event was in force, and what it said."""

    SECTION = DetailSection.PLAN
    particular = _of_particular()
    in_force = models.CharField(
        _("a plan was in force"),
        max_length=7,
        choices=YesNoUnknown,
        default=YesNoUnknown.UNKNOWN,
    )
    what = models.TextField(_("what it provided for"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_known("in_force", YesNoUnknown), name="plan_codes_are_known"
            )
        ]
        triggers = _unchanged()


class Weapon(Particular):
    """A weapon that was used or found."""

    SECTION = DetailSection.WEAPON
    particular = _of_particular()
    kind = models.CharField(_("kind of weapon"), max_length=2, choices=WeaponType)
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    explosive = models.CharField(
        _("kind of explosive"), max_length=2, choices=ExplosiveType, blank=True
    )
    switch = models.CharField(_("how it is set off"), max_length=11, choices=Switch, blank=True)
    charge_kg = models.DecimalField(
        _("charge, in kg"), max_digits=8, decimal_places=2, null=True, blank=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_known("kind", WeaponType)
                & (Q(explosive="") | _known("explosive", ExplosiveType))
                & (Q(switch="") | _known("switch", Switch)),
                name="weapon_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=WeaponType.EXPLOSIVES)
                | Q(explosive="", switch="", charge_kg=None),
                name="weapon_charge_only_of_explosives",
            ),
            models.CheckConstraint(
                condition=_some_or_unknown("number") & (Q(charge_kg=None) | Q(charge_kg__gt=0)),
                name="weapon_numbers_above_zero",
            ),
        ]
        triggers = _unchanged()


class Attackers(Particular):
    """How many of the attackers met one fate. Numbers only: nobody is named."""

    SECTION = DetailSection.ATTACKERS
    particular = _of_particular()
    fate = models.CharField(_("what became of them"), max_length=12, choices=Fate)
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_known("fate", Fate), name="fate_code_is_known"),
            models.CheckConstraint(
                condition=_some_or_unknown("number"), name="fate_number_above_zero"
            ),
        ]
        triggers = [
            *_unchanged(),
            pgtrigger.Trigger(
                name="one_number_a_fate",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONE_FATE,
            ),
        ]


class ResponseTime(Particular, Moment):
    """When one step of the response was reached, as exactly as that is known."""

    SECTION = DetailSection.RESPONSE
    particular = _of_particular()
    step = models.CharField(_("step"), max_length=13, choices=ResponseStep)
    unit = models.CharField(_("unit or post"), max_length=200, blank=True)

    class Meta(Moment.Meta):
        abstract = False
        constraints = [
            *Moment.Meta.constraints,
            models.CheckConstraint(
                condition=_known("step", ResponseStep), name="response_step_is_known"
            ),
        ]
        triggers = _unchanged()


class Fir(Particular):
    """A First Information Report: the case that the police registered."""

    SECTION = DetailSection.FIR
    particular = _of_particular()
    number = models.CharField(_("FIR number"), max_length=40)
    police_station = models.CharField(_("police station"), max_length=120, blank=True)
    registered_date = models.DateField(_("registered on"), null=True, blank=True)
    law = models.CharField(_("sections of law"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="fir_has_a_number"),
        ]
        triggers = _unchanged()


class Arrest(Particular):
    """How many people were arrested, when and under what law. Nobody is named."""

    SECTION = DetailSection.ARREST
    particular = _of_particular()
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    arrested_date = models.DateField(_("arrested on"), null=True, blank=True)
    law = models.CharField(_("under what law"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_some_or_unknown("number"), name="arrest_number_above_zero"
            ),
        ]
        triggers = _unchanged()


class ForensicExamination(Particular):
    """What a laboratory examines: sent, due and received on which days."""

    SECTION = DetailSection.FORENSIC
    particular = _of_particular()
    what = models.CharField(_("what is examined"), max_length=200)
    laboratory = models.CharField(_("laboratory"), max_length=200, blank=True)
    sent_date = models.DateField(_("sent on"), null=True, blank=True)
    due_date = models.DateField(_("due on"), null=True, blank=True)
    received_date = models.DateField(_("received on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="forensic_says_what"),
            models.CheckConstraint(
                condition=_in_order("sent_date", "due_date")
                & _in_order("sent_date", "received_date"),
                name="forensic_sent_first",
            ),
        ]
        triggers = _unchanged()
