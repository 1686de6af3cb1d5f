"""The kinds of thing that are added to an incident afterwards: form, deed, words, place."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents import actions, forms, policies
from incidents.forms import Said
from incidents.models import Incident


@dataclass(frozen=True)
class Kind:
    """One kind of addition. `anchor`: where it stands on the incident's page."""

    slug: str
    form: type[Said]
    add: Callable[..., object]
    anchor: str
    title: Promise
    lead: Promise
    may: Callable[[User, Incident], bool] = policies.can_change_incident


KINDS = {
    kind.slug: kind
    for kind in (
        Kind(
            "count",
            forms.CountForm,
            actions.add_casualty_report,
            "casualties",
            _("Add a casualty count"),
            _("It joins the series; no earlier count is replaced. Attackers are counted apart."),
        ),
        Kind(
            "adoption",
            forms.AdoptForm,
            actions.adopt_figure,
            "casualties",
            _("Adopt a figure for publication"),
            _("The one that is given when somebody asks. The whole series stays beside it."),
            may=policies.can_settle_dispute,
        ),
        Kind(
            "source",
            forms.SourceForm,
            actions.add_source,
            "sources",
            _("Add a source"),
            _("A page, a paper, a unit or a post that says something about this incident."),
        ),
        Kind(
            "claim",
            forms.ClaimForm,
            actions.add_claim,
            "facts",
            _("Add a claim or a denial"),
            _("What was said about who did it. None of it is a finding."),
        ),
        Kind(
            "dispute",
            forms.DisputeForm,
            actions.dispute_fact,
            "disputed",
            _("Add a disputed fact"),
            _("Accounts that differ stand side by side until somebody settles them with a reason."),
        ),
        Kind(
            "account",
            forms.AccountForm,
            actions.add_account,
            "disputed",
            _("Add an account"),
            _("It stands beside the others."),
        ),
        Kind(
            "settlement",
            forms.SettleForm,
            actions.settle_dispute,
            "disputed",
            _("Settle a disputed fact"),
            _("Every account stays on the record, the losing one too."),
            may=policies.can_settle_dispute,
        ),
        Kind(
            "fact",
            forms.FactForm,
            actions.add_fact,
            "reported",
            _("Add a fact"),
            _("One thing reported, and what it rests on."),
        ),
        Kind(
            "log",
            forms.LogForm,
            actions.add_log_entry,
            "log",
            _("Add what happened"),
            _("One deed a line. The full timeline belongs to the review."),
        ),
        Kind(
            "question",
            forms.QuestionForm,
            actions.add_question,
            "unknown",
            _("Add what is not known"),
            _("What is not known, and should be."),
        ),
        Kind(
            "reader",
            forms.ShareForm,
            actions.share_incident,
            "readers",
            _("Name a reader"),
            _("Within what the TLP label allows. The reader must be cleared for its class."),
            may=policies.can_share_incident,
        ),
    )
}
