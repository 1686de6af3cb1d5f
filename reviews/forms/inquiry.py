"""Forms of section A: published reports, and how the review sat."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DayInput
from reviews.choices import SittingKind
from reviews.forms.base import SHORT, RowForm
from reviews.models import PublishedReport, Sitting


class ReportForm(RowForm):
    """A: a published report, or one volume of it."""

    content = ("title", "volume", "issued_by", "terms", "note")
    folded = ("handed_in_date", "reference", "pages", "cost", "found_at", "note")

    class Meta:
        model = PublishedReport
        fields = (
            "title", "volume", "issued_by", "chair", "authority", "set_up_date", "published_date",
            "terms", "handed_in_date", "reference", "pages", "cost", "found_at", "note",
        )  # fmt: skip
        labels = {
            "title": _("Report"),
            "volume": _("Volume or part"),
            "issued_by": _("Inquiry, commission or office"),
            "chair": _("Who led it"),
            "authority": _("Set up by, under which law"),
            "set_up_date": _("Set up on"),
            "published_date": _("Published on"),
            "terms": _("Terms of reference"),
            "handed_in_date": _("Handed in on"),
            "reference": _("Number or reference"),
            "pages": _("Pages"),
            "cost": _("Cost, in the words of the source"),
            "found_at": _("Where it can be read"),
            "note": _("Note"),
        }
        help_texts = {
            "volume": _("A report of several volumes has a line for each."),
            "chair": _("A public office, such as “a judge of the Supreme Court”."),
            "cost": _("With its currency, and up to which day."),
            "terms": _("As they were published; where they were changed, both."),
        }
        widgets = {
            "set_up_date": DayInput,
            "published_date": DayInput,
            "handed_in_date": DayInput,
            "terms": forms.Textarea(SHORT),
            "note": forms.Textarea(SHORT),
        }
        error_messages = {"title": {"required": _("Give the title of the report.")}}


class SittingForm(RowForm):
    """A: one hearing or visit, or a run of them."""

    content = ("about", "place", "why_closed", "note")
    kind = forms.ChoiceField(
        label=_("Kind of sitting"), choices=SittingKind.choices, initial=SittingKind.OPEN
    )

    class Meta:
        model = Sitting
        fields = (
            "kind", "on_date", "until_date", "days", "witnesses", "about", "place", "why_closed",
            "note",
        )  # fmt: skip
        labels = {
            "on_date": _("First day"),
            "until_date": _("Last day"),
            "days": _("Days on which it sat"),
            "witnesses": _("Witnesses heard"),
            "about": _("About what"),
            "place": _("Place"),
            "why_closed": _("Why without the public, on whose order"),
            "note": _("Note"),
        }
        help_texts = {
            "until_date": _("Of a run of sittings."),
            "why_closed": _("Of closed hearings and private interviews only."),
        }
        widgets = {
            "on_date": DayInput,
            "until_date": DayInput,
            "note": forms.Textarea(SHORT),
        }
