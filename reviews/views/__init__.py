"""Pages of the review."""

from reviews.views.amending import amendment_changes, comment_answer, review_amend
from reviews.views.autosave import section_autosave
from reviews.views.blank import review_blank
from reviews.views.candour import (
    candour_asked,
    candour_invite,
    candour_page,
    statement_withdraw,
    theme_change,
    theme_show,
    theme_write,
)
from reviews.views.chapters import chapters_edit
from reviews.views.coverage import coverage_file, review_coverage
from reviews.views.dissent import dissent_answer, dissent_attach
from reviews.views.entries import entries_paste, entry_evidence
from reviews.views.filing import draft_drop, draft_keep, presence, present, section_earlier
from reviews.views.hot import debrief_edit
from reviews.views.hot_autosave import debrief_autosave
from reviews.views.notices import notice_detail, notice_give, reply_enter
from reviews.views.offline import offline_form, offline_form_of, offline_upload
from reviews.views.review import (
    review_defer,
    review_detail,
    review_list,
    review_members,
    review_open,
    review_read,
)
from reviews.views.roles import role_list
from reviews.views.rows import account_add, finding_part_add, row_add, row_change, row_remove
from reviews.views.sections import section_edit
from reviews.views.signing import (
    review_approve,
    review_publish,
    review_return,
    review_submit,
)
from reviews.views.versions import version_changes, version_detail, version_file
from reviews.views.words import agency_ask, asked_list, word_give

__all__ = [
    "account_add",
    "agency_ask",
    "amendment_changes",
    "asked_list",
    "candour_asked",
    "candour_invite",
    "candour_page",
    "chapters_edit",
    "comment_answer",
    "coverage_file",
    "debrief_autosave",
    "debrief_edit",
    "dissent_answer",
    "dissent_attach",
    "draft_drop",
    "draft_keep",
    "entries_paste",
    "entry_evidence",
    "finding_part_add",
    "notice_detail",
    "notice_give",
    "offline_form",
    "offline_form_of",
    "offline_upload",
    "presence",
    "present",
    "reply_enter",
    "review_amend",
    "review_approve",
    "review_blank",
    "review_coverage",
    "review_defer",
    "review_detail",
    "review_list",
    "review_members",
    "review_open",
    "review_publish",
    "review_read",
    "review_return",
    "review_submit",
    "role_list",
    "row_add",
    "row_change",
    "row_remove",
    "section_autosave",
    "section_earlier",
    "section_edit",
    "statement_withdraw",
    "theme_change",
    "theme_show",
    "theme_write",
    "version_changes",
    "version_detail",
    "version_file",
    "word_give",
]
