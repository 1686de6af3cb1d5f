"""What every form of a line shares. Each gives `values()` for its action."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
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
    # Fields that most lines leave empty; they stand folded below the others.
    folded: ClassVar[tuple[str, ...]] = ()
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

    def _update_errors(self, errors: ValidationError) -> None:
        """A broken rule of the table is said beside the field that its code names."""
        if hasattr(errors, "error_dict"):
            told = errors.error_dict
            for each in told.pop(NON_FIELD_ERRORS, []):
                beside = each.code if each.code in self.fields else NON_FIELD_ERRORS
                told.setdefault(beside, []).append(each)
        super()._update_errors(errors)  # type: ignore[misc]

    @property
    def is_blank(self) -> bool:
        """Nothing was typed that would be lost."""
        return not any(str(self[name].value() or "").strip() for name in self.content)

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """What is asked at once."""
        return [field for field in self.visible_fields() if field.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        """What is asked only of who opens it."""
        return [field for field in self.visible_fields() if field.name in self.folded]

    @property
    def opens_folded(self) -> bool:
        """Something is said there already, or is to be put right there."""
        return any(
            each.errors or (each.value() or "") != (each.field.initial or "")
            for each in self.folded_fields
        )

    def values(self) -> dict[str, Any]:
        """What the action is told."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("key", "version")
        }

    def warnings(self) -> list[str]:
        """What to tell whoever saved it, in a sentence each; it is saved all the same."""
        return []

    def graded(self, values: dict[str, Any]) -> dict[str, Any]:
        """The grade in its two parts."""
        grade = values.pop("grade", "")
        return {**values, "reliability": grade[:1], "credibility": grade[1:]}
