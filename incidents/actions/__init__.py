from incidents.actions.counts import add_casualty_report
from incidents.actions.disputes import add_account, dispute_fact, settle_dispute
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
    "add_fact",
    "add_log_entry",
    "add_question",
    "add_source",
    "ask_to_widen",
    "change_incident",
    "dispute_fact",
    "grant_widening",
    "record_incident",
    "refuse_widening",
    "settle_dispute",
    "share_incident",
]
