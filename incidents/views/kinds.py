"""The kinds of thing that are added to an incident afterwards: form, deed, words, place."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents import actions, forms, policies
from incidents.choices.particulars import DetailSection
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


def _detail(section: DetailSection, form: type[Said], title: Promise, lead: Promise) -> Kind:
    """A kind of detail: named as its section is, and shown there."""
    slug = section.lower()
    return Kind(slug, form, actions.add_particular, slug, title, lead)


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
        _detail(
            DetailSection.ALERT,
            forms.AlertForm,
            _("Add a prior alert"),
            _("A warning that came before the incident, and what was done with it."),
        ),
        _detail(
            DetailSection.PLAN,
            forms.PlanForm,
            _("Add a security plan"),
            _("Whether a plan to guard the place or the event was in force. “No” is an answer."),
        ),
        _detail(
            DetailSection.WEAPON,
            forms.WeaponForm,
            _("Add a weapon"),
            _("Used in the attack or found after it, one kind a line."),
        ),
        _detail(
            DetailSection.ATTACKERS,
            forms.AttackersForm,
            _("Add the fate of attackers"),
            _("One number for each fate. Numbers only: no names of suspects."),
        ),
        _detail(
            DetailSection.RESPONSE,
            forms.ResponseForm,
            _("Add a response time"),
            _("One step a line. How long it took is worked out where both times are exact."),
        ),
        _detail(
            DetailSection.FIR,
            forms.FirForm,
            _("Add an FIR"),
            _("The case that the police registered. No names of suspects."),
        ),
        _detail(
            DetailSection.ARREST,
            forms.ArrestForm,
            _("Add arrests"),
            _("How many, on which day, under what law. No names of suspects."),
        ),
        _detail(
            DetailSection.FORENSIC,
            forms.ForensicForm,
            _("Add a forensic examination"),
            _("What was sent where, when the report is due, and when it came."),
        ),
    )
}
