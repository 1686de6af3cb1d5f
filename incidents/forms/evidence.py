"""Files that people hand in: adding one, saying who holds it, taking it back."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from core.forms import ClockInput, DayInput, Form
from incidents import rules
from incidents.choices.files import EvidenceKind
from incidents.details import EvidenceDetails
from incidents.files.inspecting import accepted_extensions
from incidents.forms._parts import BLANK, Refusable, SourceChoice, today
from incidents.models import Incident, Source

# Labels that need no list of named people.
UNNAMED = frozenset(TLP) - {TLP.RED}


class EvidenceForm(Refusable):
    """One file and what is said of it. The file stands last: it is chosen again after a refusal."""

    title = forms.CharField(
        label=_("What it is, in one line"),
        max_length=200,
        help_text=_("The gate seen from the road, an hour after."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[*BLANK, *EvidenceKind.choices])
    caption = forms.CharField(
        label=_("What it shows"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    taken_date = forms.DateField(label=_("Day it was made"), required=False, widget=DayInput)
    taken_time = forms.TimeField(
        label=_("Time it was made"),
        required=False,
        widget=ClockInput,
        help_text=_("24 hours, Pakistan time."),
    )
    from_whom = forms.CharField(
        label=_("Who gave it to you"),
        max_length=200,
        required=False,
        help_text=_("Post and agency, no names. It is the first line of its custody."),
    )
    known_source = SourceChoice(
        label=_("Source on the record"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("None of these"),
    )
    tlp = forms.ChoiceField(label=_("TLP"))
    classification = forms.ChoiceField(label=_("Classification"))
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": accepted_extensions()}),
    )

    def __init__(self, *args: Any, incident: Incident, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident, self.by = incident, by
        self._offer("tlp", [(each.value, each.label) for each in _tlps(incident)])
        self._offer("classification", _classifications(incident, by))
        sources = self.fields["known_source"]
        assert isinstance(sources, SourceChoice)  # noqa: S101 - as declared above
        sources.queryset = incident.sources.order_by("title", "id")
        self.initial.update(tlp=incident.tlp, classification=incident.classification)

    def details(self) -> EvidenceDetails:
        """What was said of the file."""
        source: Source | None = self.cleaned_data["known_source"]
        names = ("title", "kind", "caption", "taken_date", "taken_time", "from_whom")
        return EvidenceDetails(
            **{name: self.cleaned_data[name] for name in names},
            tlp=self.cleaned_data["tlp"],
            classification=self.cleaned_data["classification"],
            source_id=source.pk if source else None,
        )

    @property
    def upload(self) -> "UploadedFile[bytes]":
        """The file that was sent."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return sent

    def broken(self) -> list[rules.Broken]:
        if not self.is_sound():
            return []
        details = self.details()
        return list(rules.broken_by_evidence(details, self.incident, by=self.by, at=timezone.now()))

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = choices


class HandOverForm(Refusable):
    """To whom a piece passed, when and why."""

    to_whom = forms.CharField(
        label=_("Who has it now"), max_length=200, help_text=_("Post and agency, no names.")
    )
    why = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("Laboratory, court, return to its owner.")
    )
    on_date = forms.DateField(label=_("Date"), widget=DayInput, initial=today)
    at_time = forms.TimeField(
        label=_("Time"), widget=ClockInput, help_text=_("24 hours, Pakistan time.")
    )

    def when(self) -> datetime:
        """The moment it passed."""
        day, clock = self.cleaned_data["on_date"], self.cleaned_data["at_time"]
        return timezone.make_aware(datetime.combine(day, clock or time()))


class WithdrawForm(Form):
    """Why a piece or a record is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


def _tlps(incident: Incident) -> list[TLP]:
    """As far as the incident goes or less far; only a RED incident names people."""
    least = TLP(incident.tlp)
    return [each for each in TLP if least.rank <= each.rank and each in {least, *UNNAMED}]


def _classifications(incident: Incident, by: User) -> list[tuple[str, Any]]:
    """From the incident's own up to what the person is cleared for."""
    cleared = Classification.up_to(by.clearance)
    least = Classification(incident.classification).rank
    return [
        (each.value, each.label)
        for each in allowed_classifications()
        if each.rank >= least and each.value in cleared
    ]
