from reviews.models.adversary import AdversaryAccount, NetworkRole
from reviews.models.alerts import AlertReceived
from reviews.models.candour import (
    CandourGround,
    CandourInvitation,
    CandourStatement,
    CandourTheme,
)
from reviews.models.categories import (
    Category,
    FailureCategory,
    NationalPlanPoint,
    RecommendationCategory,
)
from reviews.models.concurrence import Concurrence
from reviews.models.families import CareStep, DeathFinding
from reviews.models.filing import Draft, EarlierWording, Presence
from reviews.models.findings import Finding
from reviews.models.grounds import CapabilityRating, CauseLink, FindingBody, FindingEvidence
from reviews.models.header import Body, Exclusion, Participant, SourceAsked, SourceHeard
from reviews.models.hot import Chapter, HotDebrief, OfflineFiling
from reviews.models.inquiry import PublishedReport, Sitting
from reviews.models.justice import JusticeStep
from reviews.models.notices import FairNotice, NoticeReply
from reviews.models.people import Consultation, Member, ReviewShare
from reviews.models.planned import (
    DecisionRight,
    Deployment,
    OccasionRisk,
    PlanInForce,
    PlannedMeasure,
)
from reviews.models.recommendations import (
    Recommendation,
    RecommendationPart,
    RecommendationReply,
    RecommendationStage,
)
from reviews.models.reminders import Reminder, ReminderQuerySet
from reviews.models.review import CONSULTED_TLP, Review, ReviewQuerySet
from reviews.models.rows import Row
from reviews.models.section import Section
from reviews.models.signoff import Dissent, DissentAnswer, ReviewVersion, SectionComment, SignOff
from reviews.models.timeline import Account, EntryEvidence, TimelineEntry

__all__ = [
    "CONSULTED_TLP",
    "Account",
    "AdversaryAccount",
    "AlertReceived",
    "Body",
    "CandourGround",
    "CandourInvitation",
    "CandourStatement",
    "CandourTheme",
    "CapabilityRating",
    "CareStep",
    "Category",
    "CauseLink",
    "Chapter",
    "Concurrence",
    "Consultation",
    "DeathFinding",
    "DecisionRight",
    "Deployment",
    "Dissent",
    "DissentAnswer",
    "Draft",
    "EarlierWording",
    "EntryEvidence",
    "Exclusion",
    "FailureCategory",
    "FairNotice",
    "Finding",
    "FindingBody",
    "FindingEvidence",
    "HotDebrief",
    "JusticeStep",
    "Member",
    "NationalPlanPoint",
    "NetworkRole",
    "NoticeReply",
    "OccasionRisk",
    "OfflineFiling",
    "Participant",
    "PlanInForce",
    "PlannedMeasure",
    "Presence",
    "PublishedReport",
    "Recommendation",
    "RecommendationCategory",
    "RecommendationPart",
    "RecommendationReply",
    "RecommendationStage",
    "Reminder",
    "ReminderQuerySet",
    "Review",
    "ReviewQuerySet",
    "ReviewShare",
    "ReviewVersion",
    "Row",
    "Section",
    "SectionComment",
    "SignOff",
    "Sitting",
    "SourceAsked",
    "SourceHeard",
    "TimelineEntry",
]
