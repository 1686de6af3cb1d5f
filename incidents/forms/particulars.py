"""What is added to an incident section by section: FIR, weapons, alerts, response and the rest."""

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents import rules
from incidents.choices import OF_INCIDENTS_CHOICES, Precision
from incidents.forms._parts import (
    BLANK,
    Refusable,
    SourceFields,
    WhenFields,
    whole_number,
)
from incidents.forms.incident import DECIMAL
from incidents.models import (
    Arrest,
    Attackers,
    Fir,
    ForensicExamination,
    Particular,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
    Weapon,
)
from incidents.rules_of_details import broken_by_particular


def asked(table: type[Particular], name: str, **more: Any) -> Any:
    """The field of a form that takes what this column takes."""
    column: Any = table._meta.get_field(name)
    if isinstance(column, models.DateField):
        more["widget"] = DayInput
    elif isinstance(column, models.TextField):
        more |= {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 2000}
    field = column.formfield(**more)
    if column.choices and not column.has_default():
        field.choices = [*BLANK, *column.choices]
    return field


class ParticularForm(SourceFields, Refusable):
    """One detail with its source."""

    TABLE: ClassVar[type[Particular]]
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(self.field_order or self.TABLE.columns()), "note"])

    def said(self) -> Particular:
        """What was typed, as a row of its section that is not stored."""
        return self.TABLE(**{name: self.column(name) for name in (*self.TABLE.columns(), "note")})

    def column(self, name: str) -> Any:
        """What was typed for one column."""
        return self.cleaned_data[name]

    def values(self) -> dict[str, Any]:
        return {"said": self.said(), "source": self.source()}

    def broken(self) -> list[rules.Broken]:
        if not self.is_sound():
            return []
        return list(broken_by_particular(self.said(), self.incident, at=timezone.now()))

    @staticmethod
    def stored(row: Particular) -> dict[str, Any]:
        """The values of a row as the fields of its form take them."""
        return row.told | {"known_source": row.source_id}


class AlertForm(ParticularForm):
    """A warning that came before."""

    TABLE = PriorAlert
    reference = asked(PriorAlert, "reference", help_text=_("As on the letter: 802 of 2014."))
    issued_by = asked(PriorAlert, "issued_by", help_text=_("The office or the post."))
    issued_date = asked(PriorAlert, "issued_date")
    received = asked(PriorAlert, "received", widget=forms.RadioSelect)
    received_date = asked(PriorAlert, "received_date")
    done = asked(PriorAlert, "done", help_text=_("Who was told, what was ordered, what was not."))


class PlanForm(ParticularForm):
    """A plan to guard the place or the event."""

    TABLE = SecurityPlan
    in_force = asked(SecurityPlan, "in_force", widget=forms.RadioSelect)
    what = asked(SecurityPlan, "what", help_text=_("Posts, cordons, searches, cameras."))


class WeaponForm(ParticularForm):
    """A weapon that was used or found."""

    TABLE = Weapon
    FOLDS: ClassVar = {
        "explosive": (_("Of explosives"), ("explosive", "switch", "charge_kg")),
        **SourceFields.FOLDS,
    }
    kind = asked(Weapon, "kind")
    number = whole_number(_("How many"))
    explosive = asked(Weapon, "explosive")
    switch = asked(Weapon, "switch")
    charge_kg = asked(Weapon, "charge_kg", widget=forms.NumberInput(attrs=DECIMAL))


class AttackersForm(ParticularForm):
    """How many attackers met one fate."""

    TABLE = Attackers
    fate = asked(Attackers, "fate")
    number = whole_number(_("How many"))
    as_of = asked(Attackers, "as_of")


class ResponseForm(WhenFields, ParticularForm):
    """When one step of the response was reached."""

    TABLE = ResponseTime
    FOLDS: ClassVar = {
        "until": (_("When it ended, if it took time"), ("until_time", "until_date")),
        **SourceFields.FOLDS,
    }
    field_order = ("step", "unit", "on_date", "precision", "at_time", "until_time", "until_date")
    step = asked(ResponseTime, "step")
    unit = asked(ResponseTime, "unit", help_text=_("As in the log: Rescue 1122, City Police."))
    precision = forms.ChoiceField(
        label=_("How exactly is it known?"), choices=OF_INCIDENTS_CHOICES, initial=Precision.MINUTE
    )

    def column(self, name: str) -> Any:
        """A month is kept as its first day."""
        moment = self.when().columns()
        return moment[name] if name in moment else super().column(name)


class FirForm(ParticularForm):
    """The case that the police registered."""

    TABLE = Fir
    number = asked(Fir, "number", help_text=_("With its year: 112/2023."))
    police_station = asked(Fir, "police_station")
    registered_date = asked(Fir, "registered_date")
    law = asked(Fir, "law", help_text=_("302, 324 PPC; 3, 4 ESA; 7 ATA"))


class ArrestForm(ParticularForm):
    """How many were arrested."""

    TABLE = Arrest
    number = whole_number(_("How many"))
    arrested_date = asked(Arrest, "arrested_date")
    law = asked(Arrest, "law", help_text=_("The act and the section."))


class ForensicForm(ParticularForm):
    """What a laboratory examines."""

    TABLE = ForensicExamination
    what = asked(
        ForensicExamination, "what", help_text=_("DNA samples, fragments of the device, a phone.")
    )
    laboratory = asked(ForensicExamination, "laboratory")
    sent_date = asked(ForensicExamination, "sent_date")
    due_date = asked(ForensicExamination, "due_date")
    received_date = asked(ForensicExamination, "received_date")
