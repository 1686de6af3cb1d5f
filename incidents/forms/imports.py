"""Loading a file: the file and its marking, what its columns mean, what its names mean."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Classification
from agencies.models import User
from agencies.models.marking import allowed_classifications
from core.forms import Form
from incidents.forms._parts import BLANK
from incidents.loading import mapped
from incidents.loading.mapped import MONTH_FIRST
from incidents.models import ColumnMapping, Import
from incidents.models.imports import EDITION
from incidents.selectors.imports import Asked
from places.choices import Edition


class ImportForm(Form):
    """One file, and how its incidents are marked."""

    tlp = forms.ChoiceField(
        label=_("TLP"),
        choices=[(each.value, each.label) for each in TLP if each != TLP.RED],
        initial=TLP.AMBER,
    )
    classification = forms.ChoiceField(label=_("Classification"), initial=Classification.RESTRICTED)
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cleared = Classification.up_to(by.clearance)
        field = self.fields["classification"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [
            (each.value, each.label) for each in allowed_classifications() if each.value in cleared
        ]

    def clean_file(self) -> "UploadedFile[bytes]":
        """What is larger than a request may bring is kept in part only, and so not at all."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > settings.UPLOAD_MOST_BYTES:
            raise ValidationError(
                _(
                    "The file is larger than %(most)d MB. Hand it in in parts, or have it loaded"
                    " on the server: manage.py import_incidents."
                )
                % {"most": settings.UPLOAD_MOST_BYTES >> 20}
            )
        return sent

    @property
    def upload(self) -> "UploadedFile[bytes]":
        """The file that was sent."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return sent


class ColumnsForm(Form):
    """Which column of the file says what."""

    list_name = forms.CharField(
        label=_("Name of the list"),
        max_length=40,
        help_text=_(
            "Its next version is loaded under the same name, and brings this one up to date."
        ),
    )

    def __init__(
        self, *args: Any, batch: Import, like: ColumnMapping | None = None, **kwargs: Any
    ) -> None:
        """`like` is what was said of a list before; else as this file has it."""
        super().__init__(*args, **kwargs)
        said = like.mapping if like else batch.mapping
        self.initial.setdefault("list_name", like.name if like else batch.list_name)
        columns = [(each, each) for each in batch.table["columns"] if each]
        self.fields[MONTH_FIRST] = forms.BooleanField(
            label=_("Months stand before days: 09/29/2023"),
            required=False,
            initial=bool(said.get(MONTH_FIRST)),
            help_text=_("Else 03/04/2023 is read as the 3rd of April."),
        )
        self.fields[EDITION] = forms.ChoiceField(
            label=_("P-codes of places"),
            choices=[("", _("asked where they differ")), *Edition.choices],
            required=False,
            initial=said.get(EDITION, ""),
            help_text=_("A code of 2018 may name another district than the same code of 2022."),
        )
        for name, label in mapped.FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[*BLANK, *columns],
                required=name in mapped.NEEDED,
                initial=said.get(name, ""),
            )

    @property
    def meanings(self) -> list[forms.BoundField]:
        """The fields that a column can mean, in order."""
        return [self[name] for name in mapped.FIELDS]

    def mapping(self) -> dict[str, str]:
        """Field → column, of those that were said."""
        said = {name: self.cleaned_data[name] for name in mapped.FIELDS}
        beside = {
            MONTH_FIRST: "yes" if self.cleaned_data[MONTH_FIRST] else "",
            EDITION: self.cleaned_data[EDITION],
        }
        return {name: given for name, given in (said | beside).items() if given}


class PlacesForm(Form):
    """Which area each doubtful name means, in this file."""

    def __init__(
        self, *args: Any, asked: list[Asked], everything: list[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for number, each in enumerate(asked):
            offered = [(place.code, _labelled(place)) for place in each.offered]
            self.fields[f"name-{number}"] = forms.ChoiceField(
                label=each.name, choices=[*BLANK, *(offered or everything)], required=False
            )

    def answers(self) -> dict[str, str]:
        """Name → code, of those that were answered."""
        return {
            each.name: self.cleaned_data[f"name-{number}"]
            for number, each in enumerate(self.asked)
            if self.cleaned_data[f"name-{number}"]
        }


def _labelled(place: Any) -> str:
    return str(place.label)
