"""Forms of the review as a whole: opening, deferring, sections, people."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from core.forms import DayInput, Form
from incidents.models import Incident
from reviews.choices import Language, MemberRole, ReviewTier, SectionState
from reviews.models import Review, Section

TIER_WORDS = {
    ReviewTier.T1: _("T1 hot debrief: within 72 hours, at most five findings"),
    ReviewTier.T2: _("T2 standard review: within 30 days"),
    ReviewTier.T3: _("T3 major incident review: within 60 days"),
}


class OpenForm(Form):
    """Which weight, and how far it may go."""

    tier = forms.ChoiceField(
        label=_("How heavy is the review?"),
        choices=list(TIER_WORDS.items()),
        widget=forms.RadioSelect,
    )
    tlp = forms.ChoiceField(label=_("How far it may go once published"), choices=TLP.choices)
    classification = forms.ChoiceField(label=_("Classification"))
    caveats = forms.MultipleChoiceField(
        label=_("Caveats"),
        choices=Caveat.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, incident: Incident, user: User, tier: ReviewTier, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        levels = [
            level
            for level in allowed_classifications()
            if level.rank >= Classification(incident.classification).rank
            and level in Classification.up_to(user.clearance)
        ]
        labels = [each for each in TLP if each.rank >= TLP(incident.tlp).rank]
        self.fields["classification"].choices = [  # type: ignore[attr-defined]
            (level.value, level.label) for level in levels
        ]
        self.fields["tlp"].choices = [(each.value, each.label) for each in labels]  # type: ignore[attr-defined]
        self.initial.setdefault("tier", tier)
        self.initial.setdefault("tlp", max(TLP.AMBER, *labels[:1], key=lambda each: each.rank))
        self.initial.setdefault(
            "classification",
            Classification.RESTRICTED if Classification.RESTRICTED in levels else levels[0],
        )

    def clean(self) -> dict[str, Any]:
        """What is public is not classified."""
        data = super().clean() or self.cleaned_data
        if data.get("tlp") == TLP.CLEAR and data.get("classification") != Classification.UNMARKED:
            self.add_error(
                "classification", _("TLP:CLEAR is public; a classified record cannot be.")
            )
        return data


class DeferForm(Form):
    """Until when, and why: signed with the post of whoever asks."""

    until = forms.DateField(
        label=_("Put off until"),
        widget=DayInput,
        error_messages={"required": _("Give the day until which it is put off.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Signed with your post and kept. The clock is shown as it runs."),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Give the reason; it is signed with your post.")},
    )

    def clean_until(self) -> Any:
        """A day that is still to come."""
        until = self.cleaned_data["until"]
        if until <= timezone.localdate():
            raise forms.ValidationError(_("Give a day that is still to come."))
        return until


class SectionForm(Form):
    """The words of a section, whether it is complete, and the version it was read at."""

    text = forms.CharField(
        label=_("In words"), required=False, strip=False, widget=forms.Textarea({"rows": 8})
    )
    language = forms.ChoiceField(label=_("Language of these words"), required=False)
    complete = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        self.fields["language"].choices = self.languages()  # type: ignore[attr-defined]
        self.fields["complete"].label = _("Section %(letter)s is complete") % {
            "letter": section.letter
        }
        self.set_initial()

    def languages(self) -> list[tuple[Any, Any]]:
        """A section is written in the review's language unless it says otherwise."""
        return [("", _("That of the review")), *Language.choices]

    def clean_language(self) -> str:
        """A page that does not ask leaves it as it is."""
        asked = self.add_prefix("language") in self.data
        return self.cleaned_data["language"] if asked else self.section.language

    def set_initial(self) -> None:
        """What is saved now."""
        self.initial = {
            "language": self.section.language,
            "text": self.section.text,
            "complete": self.section.state == SectionState.COMPLETE,
            "version": self.section.version,
        }

    def state(self, *, has_lines: bool) -> SectionState:
        """How far the section is, by the box and by what it holds."""
        if self.cleaned_data["complete"]:
            return SectionState.COMPLETE
        says = has_lines or bool(self.cleaned_data.get("text", "").strip())
        return SectionState.IN_PROGRESS if says else SectionState.NOT_STARTED

    def clean_text(self) -> str:
        """Line ends as everywhere else, so that the same words compare equal."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").rstrip()


class HeaderForm(SectionForm):
    """Section A."""

    tier = forms.ChoiceField(label=_("Tier"), choices=list(TIER_WORDS.items()))
    scope = forms.CharField(
        label=_("Scope"),
        required=False,
        help_text=_("What this review looks at, and what it leaves out."),
        widget=forms.Textarea({"rows": 4}),
    )
    participants = forms.CharField(
        label=_("Who took part"),
        required=False,
        help_text=_("Agencies and posts heard, one a line. No names."),
        widget=forms.Textarea({"rows": 4}),
    )
    text = None  # type: ignore[assignment]
    field_order = ("tier", "scope", "participants", "language", "complete", "version")

    def __init__(self, *args: Any, review: Review, section: Section, **kwargs: Any) -> None:
        self.review = review
        super().__init__(*args, section=section, **kwargs)
        self.fields["language"].label = _("Language of the review")

    def languages(self) -> list[tuple[Any, Any]]:
        """The language of every section that says nothing else."""
        return list(Language.choices)

    def clean_language(self) -> str:
        """A page that does not ask leaves it as it is."""
        return self.cleaned_data["language"] or self.review.language

    def set_initial(self) -> None:
        """What is saved now."""
        self.initial = {
            "language": self.review.language,
            "tier": self.review.tier,
            "scope": self.review.scope,
            "participants": self.review.participants,
            "complete": self.section.state == SectionState.COMPLETE,
            "version": self.review.lock_version,
        }

    def clean_scope(self) -> str:
        """Line ends as everywhere else."""
        return str(self.cleaned_data["scope"]).replace("\r\n", "\n")

    def clean_participants(self) -> str:
        """Line ends as everywhere else."""
        return str(self.cleaned_data["participants"]).replace("\r\n", "\n")

    def state(self, *, has_lines: bool) -> SectionState:
        """How far the section is."""
        words = self.cleaned_data.get("scope") or self.cleaned_data.get("participants")
        if self.cleaned_data["complete"]:
            return SectionState.COMPLETE
        return SectionState.IN_PROGRESS if words or has_lines else SectionState.NOT_STARTED


class MemberForm(Form):
    """A person by e-mail, because a draft may need somebody of another agency."""

    email = forms.EmailField(
        label=_("E-mail of the person"),
        widget=forms.EmailInput({"list": "colleagues"}),
        error_messages={"required": _("Give the e-mail they sign in with.")},
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[each for each in MemberRole.choices if each[0] != MemberRole.LEAD],
        initial=MemberRole.MEMBER,
    )
    in_chain = forms.TypedChoiceField(
        label=_("Is their post or unit in the chain reviewed?"),
        help_text=_(
            "Whoever commanded, planned or served in what the review looks at is. A facilitator is"
            " not."
        ),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they are in the chain reviewed.")},
    )

    def clean_email(self) -> User:
        """The person who signs in with it."""
        person = User.objects.filter(
            email__iexact=self.cleaned_data["email"], is_active=True
        ).first()
        if person is None:
            raise forms.ValidationError(_("Nobody signs in here with this e-mail."))
        return person
