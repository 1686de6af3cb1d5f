from incidents.models.adopted import AdoptedFigure, AdoptedFigureQuerySet
from incidents.models.casualties import CasualtyCount, CasualtyCountQuerySet
from incidents.models.evidence import CustodyEvent, DisplayCopy, Evidence, EvidenceQuerySet
from incidents.models.facts import Claim, DisputedFact, Fact, FactAccount, LogEntry, OpenQuestion
from incidents.models.imports import DataRow, Import, ImportQuerySet, Refusal
from incidents.models.incident import Incident, IncidentQuerySet, IncidentShare
from incidents.models.mappings import ColumnMapping, ColumnMappingQuerySet
from incidents.models.particulars import Particular, ParticularQuerySet
from incidents.models.relations import Relation, RelationQuerySet
from incidents.models.saved import SavedFilter, SavedFilterQuerySet
from incidents.models.sections import (
    Arrest,
    Attackers,
    Fir,
    ForensicExamination,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
    Weapon,
)
from incidents.models.sources import Graded, Source
from incidents.models.supports import Support, SupportQuerySet
from incidents.models.tally import Tally
from incidents.models.widening import IncidentWidening, IncidentWideningQuerySet

__all__ = [
    "AdoptedFigure",
    "AdoptedFigureQuerySet",
    "Arrest",
    "Attackers",
    "CasualtyCount",
    "CasualtyCountQuerySet",
    "Claim",
    "ColumnMapping",
    "ColumnMappingQuerySet",
    "CustodyEvent",
    "DataRow",
    "DisplayCopy",
    "DisputedFact",
    "Evidence",
    "EvidenceQuerySet",
    "Fact",
    "FactAccount",
    "Fir",
    "ForensicExamination",
    "Graded",
    "Import",
    "ImportQuerySet",
    "Incident",
    "IncidentQuerySet",
    "IncidentShare",
    "IncidentWidening",
    "IncidentWideningQuerySet",
    "LogEntry",
    "OpenQuestion",
    "Particular",
    "ParticularQuerySet",
    "PriorAlert",
    "Refusal",
    "Relation",
    "RelationQuerySet",
    "ResponseTime",
    "SavedFilter",
    "SavedFilterQuerySet",
    "SecurityPlan",
    "Source",
    "Support",
    "SupportQuerySet",
    "Tally",
    "Weapon",
]
