from incidents.views.facts import (
    account_add,
    claim_add,
    count_add,
    dispute_add,
    dispute_settle,
    fact_add,
    incident_share,
    log_add,
    question_add,
    source_add,
)
from incidents.views.incidents import (
    incident_change,
    incident_detail,
    incident_list,
    incident_record,
    tehsil_choices,
)

__all__ = [
    "account_add",
    "claim_add",
    "count_add",
    "dispute_add",
    "dispute_settle",
    "fact_add",
    "incident_change",
    "incident_detail",
    "incident_list",
    "incident_record",
    "incident_share",
    "log_add",
    "question_add",
    "source_add",
    "tehsil_choices",
]
