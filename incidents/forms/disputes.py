"""Facts on which accounts differ: what was said, and how it was settled."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from incidents import rules
from incidents.details import Account, SourceDetails
from incidents.forms._parts import Said, SourceFields


class DisputeForm(Said):
    """Two accounts of one fact, or three; more are added afterwards."""

    name = forms.CharField(
        label=_("Fact"),
        max_length=100,
        help_text=_("What the accounts differ on: explosive, route."),
    )
    said_1 = forms.CharField(label=_("Account A"), max_length=300)
    source_1 = forms.CharField(label=_("Source of account A"), max_length=200, required=False)
    said_2 = forms.CharField(label=_("Account B"), max_length=300)
    source_2 = forms.CharField(label=_("Source of account B"), max_length=200, required=False)
    said_3 = forms.CharField(label=_("Account C"), max_length=300, required=False)
    source_3 = forms.CharField(label=_("Source of account C"), max_length=200, required=False)
    why_differ = forms.CharField(
        label=_("Why they differ"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def accounts(self) -> list[Account]:
        """Each account with its source."""
        cleaned = self.cleaned_data
        return [
            Account(
                said=cleaned[f"said_{n}"],
                source=SourceDetails(title=cleaned[f"source_{n}"])
                if cleaned[f"source_{n}"]
                else None,
            )
            for n in (1, 2, 3)
            if cleaned[f"said_{n}"]
        ]

    def values(self) -> dict[str, Any]:
        return {
            "name": self.cleaned_data["name"],
            "why_differ": self.cleaned_data["why_differ"],
            "accounts": self.accounts(),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                rules.require_accounts([account.said for account in self.accounts()])
            except rules.DisputeNeedsAccounts as refusal:
                self.add_error("said_2", str(refusal))
        return cleaned


class AccountForm(SourceFields):
    """One more account of a disputed fact."""

    said = forms.CharField(label=_("What was said"), max_length=300)
    field_order = ("said",)

    def values(self) -> dict[str, Any]:
        return {"account": Account(said=self.cleaned_data["said"], source=self.source())}


class SettleForm(Said):
    """How a dispute was settled."""

    resolution = forms.CharField(
        label=_("How it was settled, and on what evidence"), max_length=2000, widget=forms.Textarea
    )
