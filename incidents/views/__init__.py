from incidents.views.adding import incident_add
from incidents.views.evidence import (
    evidence_add,
    evidence_detail,
    evidence_display,
    evidence_hand_over,
    evidence_original,
    evidence_withdraw,
)
from incidents.views.incidents import (
    incident_change,
    incident_detail,
    incident_list,
    incident_record,
    tehsil_choices,
)

__all__ = [
    "evidence_add",
    "evidence_detail",
    "evidence_display",
    "evidence_hand_over",
    "evidence_original",
    "evidence_withdraw",
    "incident_add",
    "incident_change",
    "incident_detail",
    "incident_list",
    "incident_record",
    "tehsil_choices",
]
