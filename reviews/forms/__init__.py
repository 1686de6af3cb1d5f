"""Forms of the review: they check the shape of what was typed and say kindly what is wrong."""

from reviews.forms.adversary import AdversaryForm, RoleForm
from reviews.forms.base import RowForm
from reviews.forms.candour import InviteForm, SpeakForm, StatementForm, ThemeForm
from reviews.forms.deaths import DeathForm
from reviews.forms.families import CareForm
from reviews.forms.findings import FindingForm
from reviews.forms.grounds import CauseLinkForm, FindingBodyForm, FindingEvidenceForm, RatingForm
from reviews.forms.header import ExclusionForm, ParticipantForm, SourceAskedForm, SourceHeardForm
from reviews.forms.hot import ChaptersForm, HotForm, initial_of, read_of, version_of
from reviews.forms.inquiry import ReportForm, SittingForm
from reviews.forms.justice import JusticeForm
from reviews.forms.offline import FileForm, IncidentForm
from reviews.forms.pasting import PasteForm
from reviews.forms.planned import (
    AlertForm,
    DecisionForm,
    DeploymentForm,
    MeasureForm,
    OccasionForm,
    PlanForm,
)
from reviews.forms.recommendations import RecommendationForm
from reviews.forms.remedies import PartForm, RecommendationReplyForm, StageForm
from reviews.forms.review import (
    DeferForm,
    HeaderForm,
    MemberForm,
    OpenForm,
    SectionForm,
)
from reviews.forms.signing import AmendForm, ApproveForm, CommentAnswerForm, ReturnForm
from reviews.forms.timeline import AccountForm, EntryForm
from reviews.forms.words import (
    AnswerForm,
    AskForm,
    DissentForm,
    NoticeForm,
    OutsideReplyForm,
    ReplyForm,
    WordForm,
)

__all__ = [
    "AccountForm",
    "AdversaryForm",
    "AlertForm",
    "AmendForm",
    "AnswerForm",
    "ApproveForm",
    "AskForm",
    "CareForm",
    "CauseLinkForm",
    "ChaptersForm",
    "CommentAnswerForm",
    "DeathForm",
    "DecisionForm",
    "DeferForm",
    "DeploymentForm",
    "DissentForm",
    "EntryForm",
    "ExclusionForm",
    "FileForm",
    "FindingBodyForm",
    "FindingEvidenceForm",
    "FindingForm",
    "HeaderForm",
    "HotForm",
    "IncidentForm",
    "InviteForm",
    "JusticeForm",
    "MeasureForm",
    "MemberForm",
    "NoticeForm",
    "OccasionForm",
    "OpenForm",
    "OutsideReplyForm",
    "PartForm",
    "ParticipantForm",
    "PasteForm",
    "PlanForm",
    "RatingForm",
    "RecommendationForm",
    "RecommendationReplyForm",
    "ReplyForm",
    "ReportForm",
    "ReturnForm",
    "RoleForm",
    "RowForm",
    "SectionForm",
    "SittingForm",
    "SourceAskedForm",
    "SourceHeardForm",
    "SpeakForm",
    "StageForm",
    "StatementForm",
    "ThemeForm",
    "WordForm",
    "initial_of",
    "read_of",
    "version_of",
]
