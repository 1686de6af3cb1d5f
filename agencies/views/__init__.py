"""Pages of people, their posts, sharing groups, and of signing in."""

from agencies.views.groups import (
    group_add,
    group_agency_add,
    group_agency_remove,
    group_detail,
    group_list,
)
from agencies.views.passwords import link_make, password_set
from agencies.views.people import (
    account_close,
    account_reopen,
    person_add,
    person_change,
    person_detail,
    person_list,
)
from agencies.views.postings import (
    posting_change,
    posting_end,
    posting_give,
    posting_list,
    posting_take,
)

__all__ = [
    "account_close",
    "account_reopen",
    "group_add",
    "group_agency_add",
    "group_agency_remove",
    "group_detail",
    "group_list",
    "link_make",
    "password_set",
    "person_add",
    "person_change",
    "person_detail",
    "person_list",
    "posting_change",
    "posting_end",
    "posting_give",
    "posting_list",
    "posting_take",
]
