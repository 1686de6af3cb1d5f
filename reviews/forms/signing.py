"""Forms of section J: signatures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form
from reviews.choices import WRITTEN_LETTERS


class ReturnForm(Form):
    """What is to be put right."""

    comment = forms.CharField(
        label=_("What is to be put right"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Say what is to be put right.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter in WRITTEN_LETTERS:
            self.fields[f"on_{letter}"] = forms.CharField(
                label=f"{letter} · {letter.label}",
                required=False,
                widget=forms.Textarea({"rows": 2}),
            )

    def on_sections(self) -> dict[str, str]:
        """What was said of each section."""
        said = {letter: self.cleaned_data.get(f"on_{letter}", "") for letter in WRITTEN_LETTERS}
        return {str(letter): words for letter, words in said.items() if words}

    def section_fields(self) -> list[forms.BoundField]:
        """A box a section, for the page."""
        return [self[f"on_{letter}"] for letter in WRITTEN_LETTERS]

    def has_sections(self) -> bool:
        """Whether something was typed into one of them."""
        return any(str(field.value() or "").strip() for field in self.section_fields())


class CommentAnswerForm(Form):
    """What was done about a comment."""

    answer = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": _("Say what was done.")},
    )


class AmendForm(Form):
    """Why a published review is written again: signed with the post of its lead."""

    reason = forms.CharField(
        label=_("Why it is amended"),
        help_text=_("Signed with your post. It is published with the amendment, not before."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Say why the review is amended.")},
    )


class ApproveForm(Form):
    """A word with the approval."""

    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea({"rows": 3})
    )
