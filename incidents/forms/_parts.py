"""Parts that several forms of this room share."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.forms import ClockInput, DayInput, Form
from incidents import rules
from incidents.choices import (
    OF_INCIDENTS_CHOICES,
    CasualtyState,
    Credibility,
    Precision,
    Reliability,
)
from incidents.details import Figure, SourceDetails, When
from incidents.models import Incident, Source

MOST = 100_000
BLANK = [("", "–")]


def add_broken(form: forms.BaseForm, broken: "list[rules.Broken]") -> None:
    """Put each broken rule beside its field; what has no field here goes on top."""
    for each in broken:
        field = each.field if each.field in form.fields else None
        form.add_error(field, str(each.sentence))


def whole_number(label: Any) -> forms.IntegerField:
    """A number of people; whether it may be negative is a rule with a sentence of its own."""
    return forms.IntegerField(label=label, required=False, max_value=MOST)


@dataclass(frozen=True)
class Fold:
    """Fields that few need, behind one line."""

    title: str | Promise
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        """Whether something was typed in them, or is wrong."""
        return any(field.errors or not _is_untouched(field) for field in self.fields)


def _is_untouched(field: BoundField) -> bool:
    asked, typed = field.field.initial, field.value()
    default = asked() if callable(asked) else asked
    return typed is None or str(typed or "") == str(default or "")


class Folding(Form):
    """A form that shows what everybody is asked, and folds away what few can say."""

    FOLDS: ClassVar[dict[str, tuple[Promise, tuple[str, ...]]]] = {}

    @property
    def folds(self) -> dict[str, Fold]:
        """The folded fields, by the name of their fold."""
        return {
            name: Fold(title, [self[field] for field in fields])
            for name, (title, fields) in self.FOLDS.items()
        }

    @property
    def layout(self) -> list[tuple[BoundField | None, Fold | None]]:
        """Fields and folds in the order of the page: a fold stands where its first field would."""
        placed: list[tuple[BoundField | None, Fold | None]] = []
        first = {fields[0]: name for name, (_title, fields) in self.FOLDS.items()}
        folded = {field for _title, fields in self.FOLDS.values() for field in fields}
        for name in self.fields:
            if name in first:
                placed.append((None, self.folds[first[name]]))
            elif name not in folded:
                placed.append((self[name], None))
        return placed


class Said(Folding):
    """What is put on the record."""

    def values(self) -> dict[str, Any]:
        """What the action is told."""
        return dict(self.cleaned_data)


class Refusable(Form):
    """A form whose rules are kept elsewhere: it asks them and shows what they say."""

    def broken(self) -> "list[rules.Broken]":
        """The rules that are broken, as far as the fields they need are well-shaped."""
        return []

    def is_sound(self, *names: str) -> bool:
        """Whether each of these fields, or of all, took what was typed."""
        return not (self.errors.keys() & set(names or self.fields))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        add_broken(self, self.broken())
        return cleaned

    def take(self, refusal: rules.DetailsRefused) -> None:
        """Show what an action refused."""
        add_broken(self, list(refusal.broken))


class WhenFields(Form):
    """A day and a clock time, each as far as it is known."""

    on_date = forms.DateField(label=_("Date"), required=False, widget=DayInput)
    precision = forms.ChoiceField(
        label=_("How exactly is it known?"), choices=OF_INCIDENTS_CHOICES, initial=Precision.DAY
    )
    at_time = forms.TimeField(
        label=_("Time"), required=False, widget=ClockInput, help_text=_("24 hours. Only if known.")
    )
    until_time = forms.TimeField(label=_("Time it ended"), required=False, widget=ClockInput)
    until_date = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DayInput,
        help_text=_("Only for “between two days”."),
    )

    def when(self) -> When:
        """The moment that was typed."""
        return When(
            on_date=self.cleaned_data.get("on_date"),
            until_date=self.cleaned_data.get("until_date"),
            at_time=self.cleaned_data.get("at_time"),
            until_time=self.cleaned_data.get("until_time"),
            precision=self.cleaned_data["precision"],
        )


class SourceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Sources by their title and day."""

    def label_from_instance(self, obj: Source) -> str:
        """`Dawn, 2023-09-29`."""
        return f"{obj.title}, {obj.published}" if obj.published else obj.title


class GradeFields(Form):
    """An Admiralty grade."""

    reliability = forms.ChoiceField(
        label=_("Source grade"), choices=[*BLANK, *Reliability.choices], required=False
    )
    credibility = forms.ChoiceField(
        label=_("Information grade"), choices=[*BLANK, *Credibility.choices], required=False
    )


class NewSourceFields(GradeFields):
    """A source that is named here for the first time, and its grade."""

    source_title = forms.CharField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Paper, page, unit or post."),
    )
    source_url = forms.URLField(
        label=_("Its address"), max_length=1000, required=False, assume_scheme="https"
    )
    source_published = forms.CharField(
        label=_("Published"), max_length=20, required=False, help_text=_("As printed: 2023-09-29")
    )

    # What is said of a source, besides its name.
    OF_A_SOURCE = ("source_url", "source_published", "reliability", "credibility")

    def source(self) -> SourceDetails | None:
        """The source that was typed."""
        title = self.cleaned_data["source_title"]
        if not title:
            return None
        return SourceDetails(
            title=title,
            url=self.cleaned_data["source_url"],
            published=self.cleaned_data["source_published"],
            **self.grade(),
        )

    def grade(self) -> dict[str, str]:
        """The grade that was chosen, each half of it blank where it was not."""
        return {name: self.cleaned_data[name] for name in GradeFields.base_fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        said = any(cleaned.get(name) for name in self.OF_A_SOURCE)
        named = cleaned.get("source_title") or cleaned.get("known_source")
        if said and not named and "source_title" not in self.errors:
            self.add_error("source_title", _("Name the source."))
        return cleaned


class SourceFields(NewSourceFields, Said):
    """Where it comes from: a source named before, or a new one."""

    FOLDS: ClassVar = {
        "source": (_("Its address, day and grade"), NewSourceFields.OF_A_SOURCE),
    }
    known_source = SourceChoice(
        label=_("Source"),
        queryset=Source.objects.none(),
        required=False,
        empty_label=_("Another source, named below"),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incident = incident
        self.fields["source_title"].label = _("Another source")
        field = self.fields["known_source"]
        assert isinstance(field, SourceChoice)  # noqa: S101 - as declared above
        field.queryset = incident.sources.order_by("title", "id")
        last = ("known_source", "source_title", *self.OF_A_SOURCE)
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def source(self) -> SourceDetails | None:
        """The source that was chosen or typed."""
        known: Source | None = self.cleaned_data.get("known_source")
        if known is None:
            return super().source()
        named = {"title": known.title, "url": known.url, "published": known.published}
        return SourceDetails(**named, **self.grade())

    def values(self) -> dict[str, Any]:
        said = super().values()
        own = {name: said[name] for name in said if name not in SourceFields.base_fields}
        return own | {"source": self.source()}


class KilledInjuredFields(Form):
    """Killed and injured, each as a range, and who said so."""

    killed_low = whole_number(_("Killed, lowest"))
    killed_best = whole_number(_("Killed, best"))
    killed_high = whole_number(_("Killed, highest"))
    injured_low = whole_number(_("Injured, lowest"))
    injured_best = whole_number(_("Injured, best"))
    injured_high = whole_number(_("Injured, highest"))
    said_by = forms.CharField(
        label=_("Who said so"),
        max_length=200,
        required=False,
        help_text=_("Post or office: District Health Officer, police at the scene."),
    )

    def figures(self) -> tuple[Figure, ...]:
        """Killed and injured as typed."""
        return (self._figure(CasualtyState.KILLED), self._figure(CasualtyState.INJURED))

    def _figure(self, state: CasualtyState) -> Figure:
        cleaned = self.cleaned_data
        return Figure(
            state=state,
            low=cleaned[f"{state}_low"],
            best=cleaned[f"{state}_best"],
            high=cleaned[f"{state}_high"],
        )


def today() -> Any:
    """Today in Pakistan."""
    return timezone.localdate()
