"""What every form of a line shares. Each gives `values()` for its action."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import ModelForm
from reviews.models import Review

PREFIX = "row"
SHORT = {"rows": 2}


class RowForm(ModelForm):
    """A line, with the key that makes a second click harmless and the version it was read at."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    # What somebody types only when they mean to add a line.
    content: ClassVar[tuple[str, ...]] = ("text",)
    # Set by the view when somebody else changed the line meanwhile.
    is_stale = False

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        kwargs.setdefault("prefix", PREFIX)
        super().__init__(*args, **kwargs)
        self.review = review
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("version", self.instance.version if self.instance.pk else None)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and field.required:
                field.error_messages["required"] = _("Choose one.")
        self.prepare()

    def prepare(self) -> None:
        """What a kind of line sets up for itself."""

    @property
    def is_blank(self) -> bool:
        """Nothing was typed that would be lost."""
        return not any(str(self[name].value() or "").strip() for name in self.content)

    def values(self) -> dict[str, Any]:
        """What the action is told."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("key", "version")
        }

    def graded(self, values: dict[str, Any]) -> dict[str, Any]:
        """The grade in its two parts."""
        grade = values.pop("grade", "")
        return {**values, "reliability": grade[:1], "credibility": grade[1:]}
