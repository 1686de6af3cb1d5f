"""Pages of the review."""

from reviews.views.review import (
    review_defer,
    review_detail,
    review_list,
    review_members,
    review_open,
    review_read,
)
from reviews.views.rows import account_add, row_add, row_change, row_remove
from reviews.views.sections import section_autosave, section_edit
from reviews.views.signing import (
    dissent_attach,
    review_approve,
    review_publish,
    review_return,
    review_submit,
)

__all__ = [
    "account_add",
    "dissent_attach",
    "review_approve",
    "review_defer",
    "review_detail",
    "review_list",
    "review_members",
    "review_open",
    "review_publish",
    "review_read",
    "review_return",
    "review_submit",
    "row_add",
    "row_change",
    "row_remove",
    "section_autosave",
    "section_edit",
]
