from incidents.actions.counts import add_casualty_report
from incidents.actions.disputes import add_account, dispute_fact, settle_dispute
from incidents.actions.evidence import (
    add_evidence,
    hand_over_evidence,
    open_evidence,
    report_altered,
    turn_away_file,
    withdraw_evidence,
)
from incidents.actions.facts import add_claim, add_fact, add_log_entry, add_question, add_source
from incidents.actions.incidents import change_incident, record_incident
from incidents.actions.shares import share_incident

__all__ = [
    "add_account",
    "add_casualty_report",
    "add_claim",
    "add_evidence",
    "add_fact",
    "add_log_entry",
    "add_question",
    "add_source",
    "change_incident",
    "dispute_fact",
    "hand_over_evidence",
    "open_evidence",
    "record_incident",
    "report_altered",
    "settle_dispute",
    "share_incident",
    "turn_away_file",
    "withdraw_evidence",
]
