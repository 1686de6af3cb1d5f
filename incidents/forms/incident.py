"""The incident itself, as it is recorded and as it is corrected."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from core.forms import Form
from incidents import rules
from incidents.choices import (
    AttackType,
    Delivery,
    Occasion,
    PlacePrecision,
    TargetType,
    YesNoUnknown,
)
from incidents.details import IncidentDetails
from incidents.forms._parts import (
    BLANK,
    Folding,
    Refusable,
    WhenFields,
)
from incidents.forms.place import PlaceByName, place_filled
from incidents.models import Incident
from incidents.selectors import places, tehsils
from places.models import Area

# A phone then offers a point among its digits.
DECIMAL = {"inputmode": "decimal", "class": "w-m"}
SMALL = forms.Textarea(attrs={"rows": 2})
# Fields asked once in words and kept in one column each.
WORDS = (
    "title",
    "attack_type",
    "suicide",
    "target_type",
    "target_text",
    "place_text",
    "occasion",
    "agencies_on_scene",
    "hazards",
    "tlp",
    "classification",
    "tehsil",
    "police_station",
    "latitude",
    "longitude",
    "place_precision",
    "delivery",
    "was_foiled",
    "reporter",
)


class MoreFields(Form):
    """What few can say in the first minutes."""

    police_station = forms.CharField(label=_("Police station"), max_length=120, required=False)
    latitude = forms.FloatField(
        label=_("Latitude"),
        required=False,
        widget=forms.NumberInput(attrs=DECIMAL),
        help_text=_("In degrees: 29.8007"),
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        required=False,
        widget=forms.NumberInput(attrs=DECIMAL),
        help_text=_("In degrees: 66.8472"),
    )
    place_precision = forms.ChoiceField(
        label=_("How exactly is the place known?"),
        choices=PlacePrecision,
        initial=PlacePrecision.DISTRICT,
    )
    delivery = forms.ChoiceField(
        label=_("How the device was brought"), choices=Delivery, initial=Delivery.UNKNOWN
    )
    was_foiled = forms.BooleanField(label=_("It was foiled"), required=False)
    reporter = forms.CharField(
        label=_("Reported by"),
        max_length=200,
        required=False,
        help_text=_("The post, the office or “a passer-by”. No private names."),
    )


class IncidentFields(MoreFields, WhenFields, PlaceByName, Refusable, Folding):
    """What is asked both when an incident is recorded and when it is corrected."""

    PLACE_REQUIRED = True
    title = forms.CharField(label=_("What happened, in one line"), max_length=200)
    province = forms.ModelChoiceField(
        label=_("Province"), queryset=Area.objects.current().provinces()
    )
    district = forms.ModelChoiceField(
        label=_("District"), queryset=Area.objects.current().districts()
    )
    tehsil = forms.ModelChoiceField(
        label=_("Tehsil"), queryset=Area.objects.current().tehsils(), required=False
    )
    place_text = forms.CharField(
        label=_("Place, in words"), max_length=200, required=False, help_text=_("Street, building")
    )
    attack_type = forms.ChoiceField(
        label=_("Kind of attack"), choices=AttackType, initial=AttackType.UNKNOWN
    )
    suicide = forms.ChoiceField(
        label=_("Suicide attack"),
        choices=YesNoUnknown,
        initial=YesNoUnknown.UNKNOWN,
        widget=forms.RadioSelect,
    )
    target_type = forms.ChoiceField(
        label=_("Aimed at"), choices=TargetType, initial=TargetType.UNKNOWN
    )
    target_text = forms.CharField(label=_("Target, in words"), max_length=200, required=False)
    occasion = forms.ChoiceField(
        label=_("Occasion"), choices=[*BLANK, *Occasion.choices], required=False
    )
    agencies_on_scene = forms.CharField(
        label=_("Agencies on the scene"), max_length=2000, required=False, widget=SMALL
    )
    hazards = forms.CharField(
        label=_("Hazards remaining"),
        max_length=300,
        required=False,
        help_text=_("A second device, gas, a wall about to fall."),
    )
    tlp = forms.ChoiceField(label=_("TLP: how far it may go"), choices=TLP, initial=TLP.AMBER)
    classification = forms.ChoiceField(
        label=_("Classification"), choices=(), initial=Classification.RESTRICTED
    )
    caveats = forms.MultipleChoiceField(
        label=_("Caveats"),
        choices=Caveat,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        # What came from a data set may say no more than the country.
        for name in ("province", "district"):
            self.fields[name].required = self.PLACE_REQUIRED
        found = places()
        self._choose("province", [*BLANK, *found.provinces])
        self._choose("district", [*BLANK, *found.districts])
        self._choose("tehsil", [*BLANK, *tehsils(self._district())])
        allowed = set(allowed_classifications()) & set(Classification.up_to(by.clearance))
        self._choose(
            "classification", [each for each in Classification.choices if each[0] in allowed]
        )
        self.fields["district"].widget.attrs |= {
            "hx-get": reverse_lazy("incidents:tehsil_choices"),
            "hx-target": "#id_tehsil",
            "hx-include": "#id_tehsil",
        }

        self.fields["on_date"].widget.attrs |= {
            "hx-get": reverse_lazy("incidents:occasion_hint"),
            "hx-trigger": "change",
            "hx-target": "#occasion-hint",
            "hx-swap": "outerHTML",
        }

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = choices

    def _district(self) -> int | None:
        typed = str(self["district"].value() or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 12 else None

    def broken(self) -> list[rules.Broken]:
        now = timezone.now()
        if self.is_sound():
            return list(rules.broken_by_incident(self.details(), by=self.by, at=now))
        if self.is_sound(*WhenFields.base_fields):
            return list(rules.broken_by_when(self.when(), at=now))
        return []

    def details(self) -> IncidentDetails:
        """What was typed, as the actions take it."""
        cleaned = self.cleaned_data
        return IncidentDetails(
            when=self.when(),
            province=cleaned["province"],
            district=cleaned["district"],
            caveats=tuple(cleaned["caveats"]),
            **{name: cleaned[name] for name in WORDS},
        )

    @classmethod
    def kept(cls, data: QueryDict, *, by: User) -> "IncidentFields":
        """The form as it was typed, unchecked: for a button that only fills a list."""
        typed: dict[str, Any] = data.dict()
        filled, offered = place_filled(data)
        form = cls(by=by, initial=typed | {"caveats": data.getlist("caveats")} | filled)
        form.offered = offered
        return form


class ChangeForm(IncidentFields):
    """The record as it stands, to be corrected."""

    PLACE_REQUIRED = False
    FOLDS: ClassVar = {
        "point": (_("A point on the map"), ("latitude", "longitude", "place_precision")),
    }
    title_ur = forms.CharField(label=_("Title in Urdu"), max_length=200, required=False)
    summary = forms.CharField(
        label=_("Summary"), max_length=10_000, required=False, widget=forms.Textarea
    )
    when_note = forms.CharField(label=_("Note on the time"), max_length=300, required=False)
    official_review_known = forms.BooleanField(
        label=_("A review of it has been published elsewhere"), required=False
    )
    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    MORE = (
        "title_ur",
        "summary",
        "when_note",
        "official_review_known",
    )

    def details(self) -> IncidentDetails:
        plain = super().details()
        more = {name: self.cleaned_data[name] for name in self.MORE}
        return IncidentDetails(**(vars(plain) | more))

    @staticmethod
    def stored(incident: Incident) -> dict[str, Any]:
        """The values of the record as the fields of this form take them."""
        plain = {*WORDS, *ChangeForm.MORE, *WhenFields.base_fields, "lock_version", "caveats"}
        values = {name: getattr(incident, name) for name in plain - {"tehsil"}}
        return values | {
            "province": incident.province_id,
            "district": incident.district_id,
            "tehsil": incident.tehsil_id,
        }

    def words(self, name: str, value: Any) -> str:
        """A value of one field in words, for people who compare two versions."""
        field = self.fields[name]
        if isinstance(value, bool) or isinstance(field, forms.BooleanField):
            return str(_("Yes") if value else _("No"))
        chosen = {str(each) for each in value} if isinstance(value, list) else {str(value)}
        if isinstance(field, forms.ChoiceField):
            return ", ".join(label for code, label in _flat(field.choices) if code in chosen)
        return "" if value is None else field.prepare_value(value) or str(value)


def _flat(choices: Any) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for code, label in choices:
        if isinstance(label, list | tuple):
            pairs += _flat(label)
        elif code not in ("", None):
            pairs.append((str(code), str(label)))
    return pairs


def typed_values(form: ChangeForm) -> Mapping[str, Any]:
    """What was typed, as raw values of the fields."""
    return {name: form[name].value() for name in form.fields}
