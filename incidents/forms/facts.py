"""What is added to an incident afterwards: counts, sources, claims, disputes, facts."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, SharingGroup, User
from core.forms import DayInput
from incidents import rules
from incidents.choices import Basis, CasualtyGroup, CasualtyState, ClaimKind, FactTopic
from incidents.details import Account, CountReport, Figure, SourceDetails, When
from incidents.forms._parts import (
    BLANK,
    GradeFields,
    KilledInjuredFields,
    Refusable,
    Said,
    SourceFields,
    WhenFields,
    today,
    whole_number,
)
from incidents.models import CasualtyCount, Incident
from incidents.selectors.supports import count_words

OTHER_STATES = [
    (state.value, state.label)
    for state in CasualtyState
    if state not in (CasualtyState.KILLED, CasualtyState.INJURED)
]


class CountForm(SourceFields, KilledInjuredFields, Refusable):
    """What one report said, as of one day."""

    as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput, initial=today)
    group = forms.ChoiceField(label=_("Who"), choices=CasualtyGroup, initial=CasualtyGroup.VICTIMS)
    other_state = forms.ChoiceField(
        label=_("Another state"), choices=[*BLANK, *OTHER_STATES], required=False
    )
    other_low = whole_number(_("Another state, lowest"))
    other_best = whole_number(_("Another state, best"))
    other_high = whole_number(_("Another state, highest"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def figures(self) -> tuple[Figure, ...]:
        cleaned = self.cleaned_data
        other = Figure(
            state=cleaned["other_state"],
            low=cleaned["other_low"],
            best=cleaned["other_best"],
            high=cleaned["other_high"],
        )
        return (*super().figures(), other) if other.is_given else super().figures()

    def report(self) -> CountReport:
        """The report as typed."""
        return CountReport(
            figures=self.figures(),
            said_by=self.cleaned_data["said_by"],
            group=self.cleaned_data["group"],
            as_of=self.cleaned_data["as_of"],
            note=self.cleaned_data["note"],
            source=self.source(),
        )

    def values(self) -> dict[str, Any]:
        return {"report": self.report()}

    def broken(self) -> list[rules.Broken]:
        if not self.is_sound():
            return []
        day = When(on_date=self.incident.on_date, precision=self.incident.precision)
        report = self.report()
        found = list(rules.broken_by_report(report, not_before=day, at=timezone.now()))
        if len(report.figures) > 2 and not self.cleaned_data["other_state"]:
            found.append(rules.Broken("other_state", _("Say what these numbers count.")))
        return [self._here(each) for each in found]

    def _here(self, broken: rules.Broken) -> rules.Broken:
        state = self.cleaned_data["other_state"]
        if broken.field == "figures":
            return rules.Broken("killed_best", broken.sentence)
        if state and broken.field.startswith(f"{state}_"):
            return rules.Broken(f"other_{broken.field.removeprefix(f'{state}_')}", broken.sentence)
        return broken


class SourceForm(GradeFields, Said):
    """A source and its grade."""

    title = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Paper, page, unit or post.")
    )
    url = forms.URLField(
        label=_("Its address"), max_length=1000, required=False, assume_scheme="https"
    )
    published = forms.CharField(
        label=_("Published"), max_length=20, required=False, help_text=_("As printed: 2023-09-29")
    )
    field_order = ("title", "url", "published", "reliability", "credibility")

    def values(self) -> dict[str, Any]:
        return {"source": SourceDetails(**self.cleaned_data)}


class ClaimForm(SourceFields):
    """What was said about who did it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ClaimKind, widget=forms.RadioSelect)
    who = forms.CharField(
        label=_("Who"), max_length=200, required=False, help_text=_("A group or a post, no names.")
    )
    what = forms.CharField(label=_("What was said"), max_length=300, required=False)
    as_of = forms.DateField(label=_("As of"), required=False, widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    field_order = ("kind", "who", "what", "as_of", "note")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") not in (None, ClaimKind.NO_CLAIM) and not cleaned.get("who"):
            self.add_error("who", _("Say who said it."))
        if cleaned.get("as_of") and cleaned["as_of"] > today():
            self.add_error("as_of", _("This date is in the future."))
        return cleaned


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


class CountChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A count as people name it: how many, in what state, who said so."""

    def label_from_instance(self, obj: Any) -> str:
        return count_words(obj)


class AdoptForm(Said):
    """Which count the agency gives when it is asked, and why."""

    count = CountChoice(
        label=_("Count"),
        queryset=CasualtyCount.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Why this figure"),
        max_length=300,
        help_text=_("The hospital register, compared with the list of names on 4 October."),
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["count"]
        assert isinstance(field, CountChoice)  # noqa: S101 - as declared above
        of_all = incident.casualty_counts.filter(group=CasualtyGroup.VICTIMS)
        field.queryset = of_all.select_related("source").order_by(
            "-state", "as_of", "position", "id"
        )

    def values(self) -> dict[str, Any]:
        """The number of the count, and the reason."""
        return {"count_id": self.cleaned_data["count"].pk, "why": self.cleaned_data["why"]}


class FactForm(SourceFields):
    """One thing reported."""

    topic = forms.ChoiceField(label=_("Topic"), choices=FactTopic)
    text = forms.CharField(
        label=_("Fact"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    basis = forms.ChoiceField(label=_("Rests on"), choices=Basis, initial=Basis.REPORTED)
    field_order = ("topic", "text", "basis")


class LogForm(SourceFields, WhenFields, Refusable):
    """One reported deed, at the moment it is known to."""

    text = forms.CharField(
        label=_("What happened"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("text", "on_date", "precision", "at_time", "until_time", "until_date")

    def broken(self) -> list[rules.Broken]:
        if not self.is_sound(*WhenFields.base_fields):
            return []
        return list(rules.broken_by_when(self.when(), at=timezone.now()))

    def values(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "when": self.when(), "source": self.source()}


class QuestionForm(Said):
    """What is not known."""

    text = forms.CharField(label=_("Not known"), max_length=300)


class ShareForm(Said):
    """One reader: an agency, a group of agencies, or a person by post."""

    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Agency.objects.active().order_by("name"), required=False
    )
    group = forms.ModelChoiceField(
        label=_("Sharing group"), queryset=SharingGroup.objects.none(), required=False
    )
    email = forms.EmailField(
        label=_("Person, by the e-mail they sign in with"), max_length=254, required=False
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["group"]
        groups.queryset = SharingGroup.objects.visible_to(by).order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        named = [name for name in ("agency", "group", "email") if cleaned.get(name)]
        if not self.errors and len(named) != 1:
            self.add_error("agency", _("Name one reader: an agency, a group or a person."))
        if cleaned.get("email"):
            person = User.objects.filter(email__iexact=cleaned["email"], is_active=True).first()
            if person is None:
                self.add_error("email", _("Nobody signs in with this e-mail."))
            cleaned["person"] = person
        return cleaned

    def recipient(self) -> Agency | SharingGroup | User:
        """Who is named."""
        cleaned = self.cleaned_data
        named: Agency | SharingGroup | User = (
            cleaned["agency"] or cleaned["group"] or cleaned["person"]
        )
        return named

    def values(self) -> dict[str, Any]:
        return {"recipient": self.recipient()}
