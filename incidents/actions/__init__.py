from incidents.actions.counts import add_casualty_report, adopt_figure
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
from incidents.actions.imports import (
    ImportRefused,
    answer_places,
    check_import,
    map_columns,
    receive_import,
    resume_import,
    stop_import,
    store_import,
)
from incidents.actions.incidents import (
    OccasionUnknown,
    change_incident,
    name_occasion,
    put_back_incident,
    record_incident,
    withdraw_incident,
)
from incidents.actions.mappings import forget_mapping
from incidents.actions.particulars import (
    add_particular,
    correct_particular,
    withdraw_particular,
)
from incidents.actions.relations import refuse_relation, relate_incidents, take_back_relation
from incidents.actions.saved import (
    FilterNotSaved,
    put_filter_first,
    put_no_filter_first,
    remove_filter,
    rename_filter,
    save_filter,
)
from incidents.actions.shares import share_incident
from incidents.actions.supports import attach_evidence, detach_evidence
from incidents.actions.widenings import (
    NeedsSecondPerson,
    WideningRefused,
    ask_to_widen,
    grant_widening,
    refuse_widening,
)

__all__ = [
    "FilterNotSaved",
    "ImportRefused",
    "NeedsSecondPerson",
    "OccasionUnknown",
    "WideningRefused",
    "add_account",
    "add_casualty_report",
    "add_claim",
    "add_evidence",
    "add_fact",
    "add_log_entry",
    "add_particular",
    "add_question",
    "add_source",
    "adopt_figure",
    "answer_places",
    "ask_to_widen",
    "attach_evidence",
    "change_incident",
    "check_import",
    "correct_particular",
    "detach_evidence",
    "dispute_fact",
    "forget_mapping",
    "grant_widening",
    "hand_over_evidence",
    "map_columns",
    "name_occasion",
    "open_evidence",
    "put_back_incident",
    "put_filter_first",
    "put_no_filter_first",
    "receive_import",
    "record_incident",
    "refuse_relation",
    "refuse_widening",
    "relate_incidents",
    "remove_filter",
    "rename_filter",
    "report_altered",
    "resume_import",
    "save_filter",
    "settle_dispute",
    "share_incident",
    "stop_import",
    "store_import",
    "take_back_relation",
    "turn_away_file",
    "withdraw_evidence",
    "withdraw_incident",
    "withdraw_particular",
]
