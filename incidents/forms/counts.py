"""Casualty counts that are added afterwards, and the one that is given in public."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from incidents import rules
from incidents.choices import CasualtyGroup, CasualtyState
from incidents.details import CountReport, Figure, When
from incidents.forms._parts import (
    BLANK,
    KilledInjuredFields,
    Refusable,
    Said,
    SourceFields,
    today,
    whole_number,
)
from incidents.models import CasualtyCount, Incident
from incidents.selectors.supports import count_words

OTHER_STATES = [
    (state.value, state.label)
    for state in CasualtyState
    if state not in (CasualtyState.KILLED, CasualtyState.INJURED)
]


class CountForm(SourceFields, KilledInjuredFields, Refusable):
    """What one report said, as of one day."""

    as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput, initial=today)
    group = forms.ChoiceField(label=_("Who"), choices=CasualtyGroup, initial=CasualtyGroup.VICTIMS)
    other_state = forms.ChoiceField(
        label=_("Another state"), choices=[*BLANK, *OTHER_STATES], required=False
    )
    other_low = whole_number(_("Another state, lowest"))
    other_best = whole_number(_("Another state, best"))
    other_high = whole_number(_("Another state, highest"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def figures(self) -> tuple[Figure, ...]:
        cleaned = self.cleaned_data
        other = Figure(
            state=cleaned["other_state"],
            low=cleaned["other_low"],
            best=cleaned["other_best"],
            high=cleaned["other_high"],
        )
        return (*super().figures(), other) if other.is_given else super().figures()

    def report(self) -> CountReport:
        """The report as typed."""
        return CountReport(
            figures=self.figures(),
            said_by=self.cleaned_data["said_by"],
            group=self.cleaned_data["group"],
            as_of=self.cleaned_data["as_of"],
            note=self.cleaned_data["note"],
            source=self.source(),
        )

    def values(self) -> dict[str, Any]:
        return {"report": self.report()}

    def broken(self) -> list[rules.Broken]:
        if not self.is_sound():
            return []
        day = When(on_date=self.incident.on_date, precision=self.incident.precision)
        report = self.report()
        found = list(rules.broken_by_report(report, not_before=day, at=timezone.now()))
        if len(report.figures) > 2 and not self.cleaned_data["other_state"]:
            found.append(rules.Broken("other_state", _("Say what these numbers count.")))
        return [self._here(each) for each in found]

    def _here(self, broken: rules.Broken) -> rules.Broken:
        state = self.cleaned_data["other_state"]
        if broken.field == "figures":
            return rules.Broken("killed_best", broken.sentence)
        if state and broken.field.startswith(f"{state}_"):
            return rules.Broken(f"other_{broken.field.removeprefix(f'{state}_')}", broken.sentence)
        return broken


class CountChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A count as people name it: how many, in what state, who said so."""

    def label_from_instance(self, obj: Any) -> str:
        return count_words(obj)


class AdoptForm(Said):
    """Which count the agency gives when it is asked, and why."""

    count = CountChoice(
        label=_("Count"),
        queryset=CasualtyCount.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why this figure"),
        max_length=300,
        help_text=_("The hospital register, compared with the list of names on 4 October."),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["count"]
        assert isinstance(field, CountChoice)  # noqa: S101 - as declared above
        of_all = incident.casualty_counts.filter(group=CasualtyGroup.VICTIMS)
        field.queryset = of_all.select_related("source").order_by(
            "-state", "as_of", "position", "id"
        )

    def values(self) -> dict[str, Any]:
        """The number of the count, and the reason."""
        return {"count_id": self.cleaned_data["count"].pk, "why": self.cleaned_data["why"]}
