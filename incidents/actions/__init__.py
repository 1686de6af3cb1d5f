from incidents.actions.counts import add_casualty_report
from incidents.actions.disputes import add_account, dispute_fact, settle_dispute
from incidents.actions.facts import add_claim, add_fact, add_log_entry, add_question, add_source
from incidents.actions.incidents import change_incident, record_incident
from incidents.actions.shares import share_incident

__all__ = [
    "add_account",
    "add_casualty_report",
    "add_claim",
    "add_fact",
    "add_log_entry",
    "add_question",
    "add_source",
    "change_incident",
    "dispute_fact",
    "record_incident",
    "settle_dispute",
    "share_incident",
]
