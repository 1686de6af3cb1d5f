"""What people type of a flash, a drill card and an action notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from bulletins.choices import SPOKEN_CHOICES, BulletinKind, Purpose
from bulletins.forms import BulletinForm, ProductForm
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin
from core.forms import DayInput, Form

# As long as a text may be and still leave the flash on one page.
ON_ONE_PAGE = 1_200


class OneLanguage(Form):
    """What fits on one side is set in one language."""

    language = forms.ChoiceField(label=_("Language of the document"), choices=SPOKEN_CHOICES)


class FlashForm(OneLanguage, ProductForm):
    """One page within the hour, about one incident."""

    known = forms.CharField(
        label=_("What is known"),
        widget=forms.Textarea,
        max_length=ON_ONE_PAGE,
        help_text=_(
            "What happened and what is being done. The counts are taken from the register."
        ),
    )
    unknown = forms.CharField(
        label=_("What is not known"),
        widget=forms.Textarea,
        max_length=600,
        required=False,
        help_text=_("One thing a line."),
    )
    next_word = forms.CharField(
        label=_("When the next word comes"),
        max_length=200,
        help_text=_("A clock time, or what would bring it sooner."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["actions"].label = _("Do now")


class DrillForm(OneLanguage, BulletinForm):
    """A card that hangs at a gate: who does what on the first shot."""

    steps = forms.CharField(
        label=_("Who does what"),
        widget=forms.Textarea,
        max_length=1_000,
        help_text=_("One post a line: post, colon, what it does. At most seven."),
    )
    closed_when = forms.CharField(
        label=_("Practised when"),
        max_length=200,
        help_text=_("By what one sees that nobody has to think any more."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        # A card is kept at a gate: what to do stands in its steps, without a date.
        del self.fields["actions"], self.fields["act_by"]


class NoticeForm(OneLanguage, BulletinForm):
    """A numbered notice to act, or to know."""

    purpose = forms.ChoiceField(
        label=_("For action or for information"),
        choices=Purpose,
        widget=forms.RadioSelect,
        initial=Purpose.ACTION,
    )
    owner_post = forms.CharField(
        label=_("Accountable post"), max_length=160, required=False, help_text=_("One post.")
    )
    report_by = forms.DateField(label=_("Report back by"), required=False, widget=DayInput)


class EditionForm(Form):
    """What the next edition says otherwise."""

    change_note = forms.CharField(
        label=_("What changes"),
        max_length=300,
        help_text=_("One sentence; it is printed on the next edition."),
    )


FORMS: dict[str, type[ProductForm]] = {
    BulletinKind.LESSONS: BulletinForm,
    BulletinKind.FLASH: FlashForm,
    BulletinKind.DRILL: DrillForm,
    BulletinKind.NOTICE: NoticeForm,
}


def half_written(form: ProductForm, *, kind: str, user: User) -> tuple[Bulletin, list[int]]:
    """The product as it would stand, and its lessons, of a form that need not be whole yet.

    What is missing or wrong is blank; the row is never kept.
    """
    form.is_valid()
    plain = BulletinText(title="", bottom_line="", audience="")
    known = {name: value for name, value in form.cleaned_data.items() if hasattr(plain, name)}
    product = Bulletin(agency=user.agency, kind=kind, reference=f"{BulletinKind(kind).prefix}-…")
    for name in plain.__dataclass_fields__:
        value = known.get(name, getattr(plain, name))
        setattr(product, name, list(value) if isinstance(value, tuple) else value)
    return product, form.lesson_ids()
