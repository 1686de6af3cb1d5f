from incidents.forms._parts import Said
from incidents.forms.counts import AdoptForm, CountForm
from incidents.forms.disputes import AccountForm, DisputeForm, SettleForm
from incidents.forms.evidence import EvidenceForm, HandOverForm, WithdrawForm
from incidents.forms.facts import ClaimForm, FactForm, LogForm, QuestionForm, SourceForm
from incidents.forms.filters import read_columns, read_filters, written
from incidents.forms.incident import ChangeForm
from incidents.forms.particulars import (
    AlertForm,
    ArrestForm,
    AttackersForm,
    FirForm,
    ForensicForm,
    ParticularForm,
    PlanForm,
    ResponseForm,
    WeaponForm,
)
from incidents.forms.place import only_fills
from incidents.forms.recording import RecordForm
from incidents.forms.saved import SavedFilterForm
from incidents.forms.sharing import ShareForm

__all__ = [
    "AccountForm",
    "AdoptForm",
    "AlertForm",
    "ArrestForm",
    "AttackersForm",
    "ChangeForm",
    "ClaimForm",
    "CountForm",
    "DisputeForm",
    "EvidenceForm",
    "FactForm",
    "FirForm",
    "ForensicForm",
    "HandOverForm",
    "LogForm",
    "ParticularForm",
    "PlanForm",
    "QuestionForm",
    "RecordForm",
    "ResponseForm",
    "Said",
    "SavedFilterForm",
    "SettleForm",
    "ShareForm",
    "SourceForm",
    "WeaponForm",
    "WithdrawForm",
    "only_fills",
    "read_columns",
    "read_filters",
    "written",
]
