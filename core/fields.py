"""What the templates must know of a bound form field in order to draw it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Part:
    """One control of a field asked in parts."""

    label: str
    id: str
    control: SafeString


def kind(field: BoundField) -> str:
    """text, group (radio, checkboxes), parts, checkbox, file or hidden."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "group"
    if isinstance(widget, forms.MultiWidget):
        return "parts"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    return "text"


def anchor(field: BoundField) -> str:
    """The id of its first control."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.id_for_label


def parts(field: BoundField) -> list[Part]:
    """Each control of a MultiWidget with the label its widget names in `part_labels`."""
    widget = field.field.widget
    if not isinstance(widget, forms.MultiWidget):
        return []
    attrs: dict[str, Any] = {"id": field.auto_id}
    if field.errors:
        attrs["aria-invalid"] = "true"
    context = widget.get_context(field.html_name, field.value(), attrs)
    labels = getattr(widget, "part_labels", ())
    return [
        Part(
            label=str(label),
            id=sub["attrs"]["id"],
            # the form renderer has escaped what it rendered
            control=SafeString(field.form.renderer.render(sub["template_name"], {"widget": sub})),
        )
        for label, sub in zip(labels, context["widget"]["subwidgets"], strict=True)
    ]
