from incidents.forms._parts import Said
from incidents.forms.evidence import EvidenceForm, HandOverForm, WithdrawForm
from incidents.forms.facts import (
    AccountForm,
    AdoptForm,
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
from incidents.forms.filters import read_columns, read_filters, written
from incidents.forms.incident import ChangeForm, RecordForm
from incidents.forms.place import only_fills
from incidents.forms.saved import SavedFilterForm

__all__ = [
    "AccountForm",
    "AdoptForm",
    "ChangeForm",
    "ClaimForm",
    "CountForm",
    "DisputeForm",
    "EvidenceForm",
    "FactForm",
    "HandOverForm",
    "LogForm",
    "QuestionForm",
    "RecordForm",
    "Said",
    "SavedFilterForm",
    "SettleForm",
    "ShareForm",
    "SourceForm",
    "WithdrawForm",
    "only_fills",
    "read_columns",
    "read_filters",
    "written",
]
