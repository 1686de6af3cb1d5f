"""Lines of section D."""

from django.utils.translation import gettext_lazy as _

from reviews import actions, forms
from reviews.choices import Letter
from reviews.kinds.base import Kind
from reviews.models import Account

ENTRIES = Kind(
    "entries",
    Letter.D,
    forms.EntryForm,
    lambda review: review.timeline.all(),
    actions.add_entry,
    actions.change_entry,
    actions.remove_entry,
    _("Add an entry"),
    _("Change the entry"),
    _("Remove this entry"),
    inline=True,
    first="id_row-clock",
)
ACCOUNTS = Kind(
    "accounts",
    Letter.D,
    forms.AccountForm,
    Account.objects.of_review,
    actions.add_account,
    actions.change_account,
    actions.remove_account,
    _("Add an account"),
    _("Change the account"),
    _("Remove this account"),
    inline=False,
)
