"""Forms of the review: they check the shape of what was typed and say kindly what is wrong."""

from reviews.forms.base import RowForm
from reviews.forms.findings import FindingForm, RecommendationForm
from reviews.forms.review import (
    ApproveForm,
    DeferForm,
    DissentForm,
    HeaderForm,
    MemberForm,
    OpenForm,
    ReturnForm,
    SectionForm,
)
from reviews.forms.story import AccountForm, EntryForm, MeasureForm, RoleForm

__all__ = [
    "AccountForm",
    "ApproveForm",
    "DeferForm",
    "DissentForm",
    "EntryForm",
    "FindingForm",
    "HeaderForm",
    "MeasureForm",
    "MemberForm",
    "OpenForm",
    "RecommendationForm",
    "ReturnForm",
    "RoleForm",
    "RowForm",
    "SectionForm",
]
