from incidents.forms._parts import Said
from incidents.forms.facts import (
    AccountForm,
    ClaimForm,
    CountForm,
    DisputeForm,
    FactForm,
    LogForm,
    QuestionForm,
    SettleForm,
    ShareForm,
    SourceForm,
)
from incidents.forms.filters import read_filters
from incidents.forms.incident import ChangeForm, RecordForm

__all__ = [
    "AccountForm",
    "ChangeForm",
    "ClaimForm",
    "CountForm",
    "DisputeForm",
    "FactForm",
    "LogForm",
    "QuestionForm",
    "RecordForm",
    "Said",
    "SettleForm",
    "ShareForm",
    "SourceForm",
    "read_filters",
]
