"""Saving a filter of the register under a name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form


class SavedFilterForm(Form):
    """What it is called."""

    name = forms.CharField(label=_("Name"), max_length=60)
