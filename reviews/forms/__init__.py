"""Forms of the review: they check the shape of what was typed and say kindly what is wrong."""

from reviews.forms.adversary import RoleForm
from reviews.forms.base import RowForm
from reviews.forms.findings import FindingForm
from reviews.forms.planned import MeasureForm
from reviews.forms.recommendations import RecommendationForm
from reviews.forms.review import (
    DeferForm,
    HeaderForm,
    MemberForm,
    OpenForm,
    SectionForm,
)
from reviews.forms.signing import ApproveForm, DissentForm, ReturnForm
from reviews.forms.timeline import AccountForm, EntryForm

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
