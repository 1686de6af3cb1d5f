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
from incidents.actions.widenings import (
    NeedsSecondPerson,
    WideningRefused,
    ask_to_widen,
    grant_widening,
    refuse_widening,
)

__all__ = [
    "NeedsSecondPerson",
    "WideningRefused",
    "add_account",
    "add_casualty_report",
    "add_claim",
    "add_evidence",
    "add_fact",
    "add_log_entry",
    "add_question",
    "add_source",
    "ask_to_widen",
    "change_incident",
    "dispute_fact",
    "grant_widening",
    "hand_over_evidence",
    "open_evidence",
    "record_incident",
    "refuse_widening",
    "report_altered",
    "settle_dispute",
    "share_incident",
    "turn_away_file",
    "withdraw_evidence",
]
