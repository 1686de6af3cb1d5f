"""What each kind of product must say before it is kept, and the parts that it rests on."""

from django.utils.translation import gettext as _

from agencies.models import User
from bulletins import policies
from bulletins.actions.consents import require_consent
from bulletins.choices import BulletinKind, Purpose
from bulletins.models import Bulletin
from bulletins.models.kinds import ALL_KIND_FIELDS, KIND_FIELDS
from core.errors import RuleBroken, SharingRefused
from incidents.models import Incident

# A card that hangs at a gate is read at one glance.
MOST_STEPS = 7


class BulletinNotReady(RuleBroken):
    """The bulletin cannot be kept or issued like this."""


class MarkedTooLow(SharingRefused):
    """A part of the bulletin carries a higher marking than the bulletin."""


def require_its_kind(product: Bulletin) -> None:
    """Raise BulletinNotReady unless the product says all that its kind says."""
    if product.kind == BulletinKind.FLASH:
        _require_flash(product)
    elif product.kind == BulletinKind.DRILL:
        _require_card(product)
    elif product.kind == BulletinKind.NOTICE:
        _require_notice(product)
    others = set(ALL_KIND_FIELDS) - set(KIND_FIELDS[product.kind])
    if any(getattr(product, name) for name in others):
        raise BulletinNotReady(_("This kind of product has no room for that."))


def _require_flash(product: Bulletin) -> None:
    if not product.known.strip():
        raise BulletinNotReady(_("Say what is known so far."))
    if not product.next_word.strip():
        raise BulletinNotReady(_("Say when the next word comes."))


def _require_card(product: Bulletin) -> None:
    lines = [line for line in product.steps.splitlines() if line.strip()]
    if not 1 <= len(lines) <= MOST_STEPS:
        raise BulletinNotReady(_("Give one to %(most)d posts, one a line.") % {"most": MOST_STEPS})
    for line in lines:
        post, colon, does = line.partition(":")
        if not (post.strip() and colon and does.strip()):
            raise BulletinNotReady(
                _("Write each line as post, colon, what it does: “%(line)s” is not.")
                % {"line": line.strip()}
            )
    if not product.closed_when.strip():
        raise BulletinNotReady(_("Say when the drill counts as practised."))


def _require_notice(product: Bulletin) -> None:
    if product.purpose not in Purpose.values:
        raise BulletinNotReady(_("Say whether the notice is for action or for information."))
    if product.purpose == Purpose.ACTION and not (
        product.owner_post.strip() and product.actions.strip() and product.report_by
    ):
        raise BulletinNotReady(
            _(
                "A notice for action names the accountable post, the steps and the day to"
                " report back."
            )
        )


def hold_incident(incident_id: int | None, *, by: User) -> None:
    """Nobody marks the incident up until this deed is done; asked before the bulletin is locked."""
    held = Incident.objects.visible_to(by).filter(pk=incident_id or 0)
    list(held.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def require_incident(product: Bulletin, incident_id: int | None, *, by: User) -> Incident | None:
    """The incident of a flash, which the product may carry; None for the other kinds.

    Raises BulletinNotReady, MarkedTooLow or OriginatorNotAsked.
    """
    if product.kind != BulletinKind.FLASH:
        return None
    incident = (
        Incident.objects.visible_to(by).select_related("agency").filter(pk=incident_id or 0).first()
    )
    if incident is None:
        raise BulletinNotReady(_("A flash is about one incident that you may read."))
    if refusal := policies.marking_refusal(product, [incident]):
        raise MarkedTooLow(refusal)
    require_consent([incident], by=by)
    return incident
