"""Base forms: plain labels, hints and errors tied to their controls, what was typed kept.

Forms check the shape of input and say kindly what is wrong; the rules are the actions'. Draw one
with `{% for field in form %}{% include "components/field.html" %}{% endfor %}` and put
`components/error_summary.html` at the top of the page.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    Mixin = forms.BaseForm
else:
    Mixin = object

# A box is as wide as its answer: characters it may hold, and the class of the stylesheet.
WIDTHS = ((4, "w-d"), (8, "w-s"), (40, "w-m"))
NEEDED = _("This needs an answer.")
# Where people write sentences: each in the direction of its own language.
TYPED = (forms.TextInput, forms.Textarea)
# What a free text may hold where its form names no limit: about seven printed pages.
LONGEST = 20_000


class KitMixin(Mixin):
    """What every form of the product shares."""

    # The server says what is missing, in the page's language and beside the field; the browser's
    # own bubbles would stop the form before that.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field.widget) in TYPED:
                field.widget.attrs.setdefault("dir", "auto")
            _dress(field)


def _dress(field: forms.Field) -> None:
    widget = field.widget
    if type(field) is forms.CharField and field.max_length is None:
        field.validators.append(MaxLengthValidator(LONGEST))
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = NEEDED
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "4"
    if widget.is_hidden or isinstance(widget, forms.CheckboxInput | forms.RadioSelect):
        return
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.MultiWidget):
        return
    widget.attrs.setdefault("autocomplete", "off")
    if width := _width(field):
        widget.attrs.setdefault("class", width)
    if isinstance(field, forms.IntegerField) and not isinstance(widget, forms.Select):
        widget.attrs.setdefault("inputmode", "numeric")


def _width(field: forms.Field) -> str:
    if isinstance(field.widget, forms.Textarea):
        return ""
    if isinstance(field.widget, forms.Select):
        return "fit"
    if isinstance(field, forms.IntegerField):
        return "w-s"
    if isinstance(field, forms.DateField | forms.TimeField):
        return "w-m"
    longest = getattr(field, "max_length", None) or 200
    return next((name for most, name in WIDTHS if longest <= most), "w-l")


class Form(KitMixin, forms.Form):
    """A form of the product."""


class ModelForm(KitMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form of the product over a model's fields."""


class DayInput(forms.DateInput):
    """A day by the browser's own control, which every browser offers as a text box at least."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A known clock time, 24 hours."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DayPartsInput(forms.MultiWidget):
    """A day asked as day, month and year: for days that people know by heart."""

    part_labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shared: dict[str, Any] = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "day": forms.TextInput({**shared, "class": "w-d", "maxlength": 2}),
                "month": forms.TextInput({**shared, "class": "w-d", "maxlength": 2}),
                "year": forms.TextInput({**shared, "class": "w-y", "maxlength": 4}),
            },
            attrs,
        )

    def decompress(self, value: Any) -> list[Any]:
        """The three boxes of a day; what is not a day stays as it was typed."""
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class DayPartsField(forms.MultiValueField):
    """A day from three boxes; says which day does not exist."""

    widget = DayPartsInput

    def __init__(self, **kwargs: Any) -> None:
        boxes = tuple(forms.CharField(max_length=4) for _box in range(3))
        super().__init__(boxes, require_all_fields=False, **kwargs)
        for box in boxes:
            box.required = False

    def compress(self, data_list: list[str]) -> date | None:
        """The day, None when all three are empty, else a sentence about what is wrong."""
        typed = [each.strip() for each in data_list or []]
        if not any(typed):
            return None
        if not all(typed):
            raise ValidationError(_("Give the day, the month and the year."), code="incomplete")
        try:
            day, month, year = (int(each) for each in typed)
            return date(year, month, day)
        except ValueError:
            raise ValidationError(
                _("%(day)s/%(month)s/%(year)s is not a day of the calendar."),
                code="invalid",
                params=dict(zip(("day", "month", "year"), typed, strict=True)),
            ) from None

    def clean(self, value: Any) -> Any:
        """As MultiValueField, but empty boxes of a required day get one sentence."""
        cleaned = super().clean(value)
        if cleaned is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return cleaned


def first_errors(form: forms.BaseForm) -> Mapping[str, str]:
    """One sentence for each field that is wrong, in the order of the page."""
    return {name: str(errors[0]) for name, errors in form.errors.items()}
