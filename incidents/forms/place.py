"""The place of an incident by its name: what was typed fills province, district and tehsil."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from core.queries import LONGEST, words
from places.finding import MOST, FoundPlace, finder

# Buttons that fill fields and store nothing.
FILLING = ("show_tehsils", "find_place", "take_place")
PLACED = ("province", "district", "tehsil")
NOT_KNOWN = _("No area is written “%(name)s”. Write it otherwise, or choose below.")
NOT_CHOSEN = _("“%(name)s” is not the area chosen below. Choose one, or empty this field.")
# All that may be meant, where the question is whether the chosen one is among them.
ALL = 1_000
FIND = {
    "hx-get": reverse_lazy("places:area_find"),
    "hx-trigger": "input changed delay:150ms",
    "hx-target": "#place-list",
    "hx-sync": "this:replace",
    "maxlength": LONGEST,
}


def only_fills(data: QueryDict) -> bool:
    """Whether a button was pressed that only fills other fields of the form."""
    return any(name in data for name in FILLING)


class PlaceByName(Form):
    """A name to be found; it is stored nowhere, the areas that it fills in are."""

    place = forms.CharField(
        label=_("Find the place"),
        max_length=LONGEST,
        required=False,
        help_text=_("Begin to write its name, in English or Urdu, then choose."),
        widget=forms.TextInput(attrs=FIND),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What may be meant by what was typed, for whoever has no script.
        self.offered: list[FoundPlace] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.get("place", "")
        chosen = {cleaned[name].pk for name in PLACED if cleaned.get(name)}
        found = finder().found(typed, most=ALL) if typed else []
        if typed and not chosen & {each.place.pk for each in found}:
            self.offered = found[:MOST]
            sentence = NOT_CHOSEN if found else NOT_KNOWN
            self.add_error("place", ValidationError(sentence, params={"name": typed}))
        return cleaned


def place_filled(data: QueryDict) -> tuple[dict[str, Any], list[FoundPlace]]:
    """What the pressed button fills in, and between what is to be chosen where nothing is sure."""
    typed, taken = words(data, "place"), data.get("take_place", "")
    is_number = taken.isascii() and taken.isdigit() and len(taken) < 12
    if is_number and int(taken) in finder().by_pk:
        return _fields(finder().of(int(taken))), []
    if "find_place" not in data:
        return {}, []
    found = finder().found(typed)
    if found and found[0].is_sure:
        return _fields(found[0]), []
    return {}, found


def _fields(found: FoundPlace) -> dict[str, Any]:
    filled = {"province": found.province, "district": found.district, "tehsil": found.tehsil}
    values: dict[str, Any] = {name: each.pk if each else "" for name, each in filled.items()}
    return values | {"place": found.place.label}
