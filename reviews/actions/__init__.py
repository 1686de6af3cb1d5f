"""Every deed on a review."""

from reviews.actions._doors import NotOpen, NotSound
from reviews.actions.dissent import attach_dissent
from reviews.actions.findings import add_finding, change_finding, remove_finding
from reviews.actions.measures import add_measure, change_measure, remove_measure
from reviews.actions.opening import (
    AlreadyOpened,
    add_member,
    defer_review,
    open_deferred_review,
    open_review,
)
from reviews.actions.recommendations import (
    add_recommendation,
    change_recommendation,
    remove_recommendation,
)
from reviews.actions.roles import add_role, change_role, remove_role
from reviews.actions.sections import save_header, save_section
from reviews.actions.timeline import (
    add_account,
    add_entry,
    change_account,
    change_entry,
    remove_account,
    remove_entry,
)
from reviews.actions.workflow import (
    NeedsSecondPerson,
    ReviewIncomplete,
    WrongState,
    approve_review,
    publish_review,
    return_review,
    submit_review,
)

__all__ = [
    "AlreadyOpened",
    "NeedsSecondPerson",
    "NotOpen",
    "NotSound",
    "ReviewIncomplete",
    "WrongState",
    "add_account",
    "add_entry",
    "add_finding",
    "add_measure",
    "add_member",
    "add_recommendation",
    "add_role",
    "approve_review",
    "attach_dissent",
    "change_account",
    "change_entry",
    "change_finding",
    "change_measure",
    "change_recommendation",
    "change_role",
    "defer_review",
    "open_deferred_review",
    "open_review",
    "publish_review",
    "remove_account",
    "remove_entry",
    "remove_finding",
    "remove_measure",
    "remove_recommendation",
    "remove_role",
    "return_review",
    "save_header",
    "save_section",
    "submit_review",
]
