"""Sending an issued bulletin to other agencies, and calling it back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.choices import TLP, Classification
from agencies.lock import deed
from agencies.models import Agency, SharingGroup, User
from agencies.models.marking import BLIND_ROLES
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.actions.notices import tell_of_recall, tell_of_release
from bulletins.actions.seconds import refuse_its_author
from bulletins.choices import Ask
from bulletins.inputs import Asked
from bulletins.models import Bulletin, Receipt, Release
from core.errors import RuleBroken, SharingRefused


class CannotRelease(SharingRefused):
    """The bulletin may not go there, or not like this."""


class RecallNeedsReason(RuleBroken):
    """A recall tells the recipients why."""


@deed
def release_to_agency(
    *, bulletin_id: int, agency_id: int, asked: Asked, by: User, at: datetime
) -> Release:
    """Send the bulletin to one agency. Sending it there twice is the same as once."""
    bulletin = _ready(bulletin_id=bulletin_id, asked=asked, by=by, at=at)
    agency = Agency.objects.active().get(pk=agency_id)
    if agency.pk == bulletin.agency_id:
        raise CannotRelease(_("Your own agency has it already."))
    if not _cleared(bulletin, [agency]):
        raise CannotRelease(
            _("Nobody at %(agency)s is cleared to %(level)s.")
            % {
                "agency": agency.label,
                "level": Classification(bulletin.classification).label,
            }
        )
    sent = bulletin.releases.live().filter(to_agency=agency).first()
    return sent or _send(
        bulletin=bulletin, asked=asked, agencies=[agency], by=by, at=at, to_agency=agency
    )


@deed
def release_to_group(
    *, bulletin_id: int, group_id: int, asked: Asked, by: User, at: datetime
) -> Release:
    """Send the bulletin to every agency of a group that the sender's agency is in."""
    bulletin = _ready(bulletin_id=bulletin_id, asked=asked, by=by, at=at)
    group = SharingGroup.objects.filter(agencies=by.agency_id).get(pk=group_id)
    members = list(group.agencies.filter(is_active=True).exclude(pk=bulletin.agency_id))
    if not _cleared(bulletin, members):
        raise CannotRelease(
            _("Nobody in %(group)s is cleared to %(level)s.")
            % {"group": group.name, "level": Classification(bulletin.classification).label}
        )
    sent = bulletin.releases.live().filter(to_group=group).first()
    return sent or _send(
        bulletin=bulletin, asked=asked, agencies=members, by=by, at=at, to_group=group
    )


@deed
def recall_release(*, release_id: int, reason: str, by: User, at: datetime) -> Release:
    """Take a release back: the recipients no longer read the bulletin and are told why."""
    release = (
        Release.objects.filter(bulletin__in=Bulletin.objects.visible_to(by))
        .select_for_update(of=("self",))
        .select_related("bulletin")
        .get(pk=release_id)
    )
    if not policies.can_recall(by, release.bulletin):
        raise PermissionDenied
    if release.recalled_at is not None:
        return release
    if not reason.strip():
        raise RecallNeedsReason(_("Say why; the recipients are shown your words."))
    release.recalled_at, release.recalled_by, release.recall_reason = at, by, reason.strip()
    release.save(update_fields=["recalled_at", "recalled_by", "recall_reason"])
    record(
        Verb.RELEASE_RECALLED,
        by=by,
        target=release.bulletin,
        at=at,
        release=release.pk,
        reason=release.recall_reason,
    )
    tell_of_recall(release=release, bulletin=release.bulletin, at=at)
    return release


@deed
def _ready(*, bulletin_id: int, asked: Asked, by: User, at: datetime) -> Bulletin:
    """The bulletin, when it may be sent and what is asked has its dates."""
    bulletin = Bulletin.objects.visible_to(by).select_for_update(of=("self",)).get(pk=bulletin_id)
    if not policies.can_release(by, bulletin):
        raise PermissionDenied
    refuse_its_author(bulletin, by)
    if bulletin.tlp in {TLP.RED, TLP.AMBER_STRICT}:
        raise CannotRelease(
            _("%(tlp)s does not leave the agency; a release needs TLP:AMBER or wider.")
            % {"tlp": TLP(bulletin.tlp).label}
        )
    if asked.ask != Ask.READ and asked.acknowledge_by is None:
        raise CannotRelease(_("Say by when it is to be acknowledged."))
    if asked.acknowledge_by is not None and asked.acknowledge_by <= at:
        raise CannotRelease(_("The time to acknowledge by has passed already."))
    if asked.ask == Ask.ACT and asked.act_by is None:
        raise CannotRelease(_("Say by when they are to act."))
    if asked.act_by is not None and asked.act_by < timezone.localdate(at):
        raise CannotRelease(_("The day to act by has passed already."))
    return bulletin


def _cleared(bulletin: Bulletin, agencies: list[Agency]) -> bool:
    """Whether anybody there may read it at all."""
    levels = Classification.values
    enough = levels[levels.index(bulletin.classification) :]
    return (
        User.objects.filter(agency__in=agencies, is_active=True, clearance__in=enough)
        .exclude(role__in=BLIND_ROLES)
        .exists()
    )


@deed
def _send(
    *,
    bulletin: Bulletin,
    asked: Asked,
    agencies: list[Agency],
    by: User,
    at: datetime,
    **recipient: Agency | SharingGroup,
) -> Release:
    release = Release.objects.create(
        bulletin=bulletin,
        ask=asked.ask,
        acknowledge_by=asked.acknowledge_by if asked.ask != Ask.READ else None,
        act_by=asked.act_by if asked.ask == Ask.ACT else None,
        shared_at=at,
        shared_by=by,
        **recipient,
    )
    Receipt.objects.bulk_create(
        Receipt(release=release, bulletin=bulletin, agency=agency) for agency in agencies
    )
    record(
        Verb.RELEASE_MADE,
        by=by,
        target=bulletin,
        at=at,
        release=release.pk,
        agencies=[agency.code for agency in agencies],
        ask=asked.ask,
    )
    tell_of_release(release=release, bulletin=bulletin, agencies=agencies, at=at)
    return release
