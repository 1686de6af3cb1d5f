"""An incident that is recorded: three minutes, the rest folded away."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents import rules
from incidents.choices import CasualtyGroup
from incidents.details import CountReport, When
from incidents.forms._parts import KilledInjuredFields, NewSourceFields, WhenFields, today
from incidents.forms.incident import IncidentFields, MoreFields


class RecordForm(IncidentFields, NewSourceFields, KilledInjuredFields):
    """A new incident in three minutes: few required fields, “not known” is always a choice."""

    FOLDS: ClassVar = {
        "range": (
            _("A range, or “at least”"),
            ("killed_low", "killed_high", "injured_low", "injured_high"),
        ),
        "source": (
            _("Where the figures come from, and whom they count"),
            ("source_title", *NewSourceFields.OF_A_SOURCE, "as_of", "group"),
        ),
        "more": (
            _("Police station, point on the map, device, foiled, reported by"),
            tuple(MoreFields.base_fields),
        ),
    }
    OF_CASUALTIES = (
        *(*KilledInjuredFields.base_fields, *NewSourceFields.base_fields),
        *("as_of", "group"),
    )
    # Answered for whoever never opened their fold.
    DEFAULTED = ("place_precision", "delivery", "group")
    # The same form sent twice is one incident.
    key = forms.UUIDField(widget=forms.HiddenInput)
    as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput, initial=today)
    group = forms.ChoiceField(label=_("Who"), choices=CasualtyGroup, initial=CasualtyGroup.VICTIMS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        for name in self.DEFAULTED:
            self.fields[name].required = False
        self.fields["killed_best"].label = _("Killed")
        self.fields["injured_best"].label = _("Injured")

    def clean(self) -> dict[str, Any]:
        for name in self.DEFAULTED:
            if not self.cleaned_data.get(name) and self.is_sound(name):
                self.cleaned_data[name] = self.fields[name].initial
        return super().clean()

    def broken(self) -> list[rules.Broken]:
        found = super().broken()
        if self.is_sound():
            found += rules.broken_by_new_point(self.details())
        asked = (*WhenFields.base_fields, *self.OF_CASUALTIES)
        if self.is_sound(*asked) and (report := self.report()):
            # Where the day itself is wrong, nothing can be said to be before it.
            day = When() if found else self.when()
            found += rules.broken_by_report(report, not_before=day, at=timezone.now())
        return [self._here(each) for each in found]

    @staticmethod
    def _here(broken: rules.Broken) -> rules.Broken:
        """Who said so, and no number: it is asked for where a number stands first."""
        is_of_none = broken.field == "figures"
        return rules.Broken("killed_best", broken.sentence) if is_of_none else broken

    def report(self) -> CountReport | None:
        """The first casualty report, None where nothing was said of it."""
        figures, said_by, source = self.figures(), self.cleaned_data["said_by"], self.source()
        if not (any(figure.is_given for figure in figures) or said_by or source):
            return None
        return CountReport(
            figures=figures,
            said_by=said_by,
            group=self.cleaned_data["group"],
            as_of=self.cleaned_data["as_of"],
            source=source,
        )

    def origin(self) -> str:
        """Names this very form of this very person."""
        return f"form:{self.by.pk}:{self.cleaned_data['key']}"
