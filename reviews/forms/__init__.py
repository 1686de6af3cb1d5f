"""Forms of the review: they check the shape of what was typed and say kindly what is wrong."""

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
from reviews.forms.rows import (
    AccountForm,
    EntryForm,
    FindingForm,
    MeasureForm,
    RecommendationForm,
    RoleForm,
    RowForm,
)

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
