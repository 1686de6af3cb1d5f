"""What people type about bulletins, releases and receipts."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from bulletins import selectors
from bulletins.choices import SPOKEN_CHOICES, Ask, Language
from bulletins.inputs import Asked, Briefing, BulletinText, Deed
from bulletins.models import Bulletin
from bulletins.models.kinds import KIND_FIELDS
from core.forms import DayInput, Form
from lessons.models import Lesson

# No agency has more; a slip of the finger is refused in words.
MOST_UNITS = 100_000

if TYPE_CHECKING:
    LessonField = forms.ModelMultipleChoiceField[Lesson]
else:
    LessonField = forms.ModelMultipleChoiceField


class LessonChoices(LessonField):
    """Endorsed lessons, each with its marking, so that a refusal is no surprise."""

    def label_from_instance(self, obj: Any) -> str:
        """`L-2026-0003 One casualty register · RESTRICTED TLP:AMBER`."""
        level = obj.get_classification_display()
        return f"{obj.reference} {obj.title} · {level} {TLP(obj.tlp).label}"


class ProductForm(Form):
    """What every kind of product has, as its editor writes it."""

    title = forms.CharField(label=_("Title"), max_length=160)
    bottom_line = forms.CharField(
        label=_("The bottom line"),
        widget=forms.Textarea,
        max_length=1000,
        help_text=_("One or two sentences that a commander could read aloud."),
    )
    audience = forms.CharField(
        label=_("For whom"), max_length=200, help_text=_("Posts and places, not names.")
    )
    actions = forms.CharField(
        label=_("What to do"),
        widget=forms.Textarea,
        max_length=4000,
        required=False,
        help_text=_("One thing a line; it stands on the front page."),
    )
    act_by = forms.DateField(label=_("By when"), required=False, widget=DayInput)
    language = forms.ChoiceField(label=_("Language of the document"), choices=Language)
    classification = forms.ChoiceField(label=_("Classification"), initial=Classification.RESTRICTED)
    tlp = forms.ChoiceField(
        initial=TLP.AMBER,
        label=_("TLP"),
        choices=TLP,
        help_text=_("Never lower than the highest of the parts."),
    )
    caveats = forms.MultipleChoiceField(
        label=_("Caveats"), choices=Caveat, required=False, widget=forms.CheckboxSelectMultiple
    )
    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # A new bulletin's form knows itself, so that a second click composes nothing more.
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.fields["classification"]
        assert isinstance(level, forms.ChoiceField)  # noqa: S101 - declared above
        cleared = Classification.up_to(user.clearance)
        level.choices = [
            (each.value, each.label) for each in allowed_classifications() if each.value in cleared
        ]

    def text(self) -> BulletinText:
        """What was written, as the action takes it."""
        data = dict(self.cleaned_data)
        data.pop("lessons", None)
        data.pop("lock_version")
        data.pop("token")
        return BulletinText(**{**data, "caveats": tuple(data["caveats"])})

    def origin(self, user: User) -> str | None:
        """Names this very form of this very person."""
        token = self.cleaned_data["token"]
        return f"form:{user.pk}:{token}" if token else None

    def lesson_ids(self) -> list[int]:
        """The lessons chosen, in the order of the list."""
        return [lesson.pk for lesson in self.cleaned_data.get("lessons", ())]


class BulletinForm(ProductForm):
    """A product that rests on endorsed lessons; by itself, a lessons bulletin."""

    lessons = LessonChoices(
        label=_("Lessons"),
        queryset=Lesson.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Endorsed lessons that you may read. They are printed in this order."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        lessons = self.fields["lessons"]
        assert isinstance(lessons, LessonChoices)  # noqa: S101 - declared above
        lessons.queryset = Lesson.objects.visible_to(user).endorsed().order_by("reference")


def bulletin_initial(bulletin: Bulletin) -> dict[str, Any]:
    """The form as the draft stands now."""
    names = ["title", "bottom_line", "audience", "actions", "act_by", "language"]
    names += ["classification", "tlp", "caveats", "lock_version", *KIND_FIELDS[bulletin.kind]]
    initial = {name: getattr(bulletin, name) for name in names}
    return {**initial, "lessons": [lesson.pk for lesson in selectors.parts_of(bulletin)]}


class ReleaseForm(Form):
    """To whom, and what is asked of them."""

    to = forms.ChoiceField(
        label=_("Agency or group"),
        help_text=_("Agencies where nobody is cleared for the marking are not listed."),
    )
    ask = forms.ChoiceField(
        label=_("What you ask of them"), choices=Ask, widget=forms.RadioSelect, initial=Ask.ACT
    )
    acknowledge_by = forms.DateField(
        label=_("Acknowledge by"), required=False, widget=DayInput, help_text=_("End of that day.")
    )
    act_by = forms.DateField(label=_("Act by"), required=False, widget=DayInput)

    def __init__(self, *args: Any, user: User, bulletin: Bulletin, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies, groups = selectors.recipients(user, bulletin)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 - declared above
        to.choices = [
            ("", _("Choose")),
            (str(_("Groups")), [(f"group-{group.pk}", group.name) for group in groups]),
            (str(_("Agencies")), [(f"agency-{each.pk}", each.label) for each in agencies]),
        ]
        today = timezone.localdate()
        self.fields["acknowledge_by"].initial = today + timedelta(days=3)
        self.fields["act_by"].initial = bulletin.act_by or today + timedelta(days=14)

    def clean(self) -> dict[str, Any]:
        """Each thing asked needs its day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        ask, today = data.get("ask"), timezone.localdate()
        needed = {Ask.ACKNOWLEDGE: ["acknowledge_by"], Ask.ACT: ["acknowledge_by", "act_by"]}
        for name in needed.get(Ask(ask), []) if ask else []:
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Say by when."))
            elif data.get(name) and data[name] < today:
                self.add_error(name, _("That day has passed."))
        return data

    def asked(self) -> Asked:
        """What is asked, as the action takes it."""
        data = self.cleaned_data
        day = data.get("acknowledge_by")
        end = datetime.combine(day, datetime.max.time().replace(microsecond=0)) if day else None
        return Asked(
            ask=data["ask"],
            acknowledge_by=timezone.make_aware(end) if end else None,
            act_by=data.get("act_by"),
        )

    def recipient(self) -> tuple[str, int]:
        """`agency` or `group`, and which."""
        kind, _dash, key = self.cleaned_data["to"].partition("-")
        return kind, int(key)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea, max_length=2000)


class AnswerForm(Form):
    """Why another agency's request is refused."""

    answer = forms.CharField(
        label=_("Your reason, shown to who asked"), widget=forms.Textarea, max_length=2000
    )


class BriefedForm(Form):
    """How many units were briefed."""

    units = forms.IntegerField(label=_("Units briefed"), min_value=0, max_value=MOST_UNITS)
    of_units = forms.IntegerField(label=_("Units in all"), min_value=1, max_value=MOST_UNITS)
    names = forms.CharField(
        label=_("Which units"),
        widget=forms.Textarea,
        max_length=5000,
        required=False,
        help_text=_("One a line. Leave out what is not known."),
    )
    on_date = forms.DateField(label=_("Briefed on"), widget=DayInput, required=False)

    def briefing(self) -> Briefing:
        """What the form says."""
        data = self.cleaned_data
        return Briefing(data["units"], data["of_units"], data["names"], data["on_date"])

    def clean_names(self) -> tuple[str, ...]:
        """One a line, each once."""
        lines = (line.strip() for line in self.cleaned_data["names"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        """Not more than there are."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        units, of_units = data.get("units"), data.get("of_units")
        if units is not None and of_units is not None and units > of_units:
            self.add_error("units", _("More units briefed than there are."))
        return data


class ActedForm(Form):
    """What was done, on which day, what shows it."""

    text = forms.CharField(label=_("What was done"), widget=forms.Textarea, max_length=5000)
    on_date = forms.DateField(label=_("Done on"), widget=DayInput)
    evidence = forms.CharField(
        label=_("What shows it"),
        widget=forms.Textarea,
        max_length=2000,
        required=False,
        help_text=_("Order, roster, drill log, survey: number and date."),
    )

    def clean_on_date(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["on_date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is in the future."))
        return day

    def deed(self) -> Deed:
        """The deed, as the action takes it."""
        return Deed(**self.cleaned_data)


class BriefForm(Form):
    """The language of a brief."""

    language = forms.ChoiceField(label=_("Language"), choices=Language, initial=Language.ENGLISH)


class ExportForm(Form):
    """The language of what is made, and the mark that makes a second click the same."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=SPOKEN_CHOICES,
        initial=Language.ENGLISH,
        help_text=_("Of the index page and of the briefs that are made. Bulletins stay as issued."),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def origin(self, user: User) -> str:
        """The mark of this form and this person; blank for a form that carries none."""
        token = self.cleaned_data["token"]
        return f"export:{user.pk}:{token}" if token else ""


class TraceForm(Form):
    """A page that somebody found, to be told whose copy it is."""

    file = forms.FileField(
        label=_("The page"),
        help_text=_(
            "A PDF, or a scan of the whole page as PDF, PNG, JPEG or TIFF, at 200 dots an inch or"
            " more. It is compared and not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp"}),
    )
