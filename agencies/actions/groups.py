"""Sharing groups: agencies that share with one another under one name."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import Agency, SharingGroup, User
from agencies.policies import keeps_groups
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken


class GroupNameTaken(RuleBroken):
    """Two groups of one name cannot be told apart by whoever shares with them."""


class AgencyNotActive(RuleBroken):
    """An agency that is switched off receives nothing."""


@deed
def make_group(*, name: str, by: User, at: datetime) -> SharingGroup:
    """A new group, without agencies."""
    if not keeps_groups(by):
        raise PermissionDenied
    _refuse_taken(name)
    group = SharingGroup.objects.create(name=name)
    record(Verb.GROUP_MADE, by=by, target=group, at=at, name=name)
    return group


@deed
def rename_group(*, group_id: int, name: str, by: User, at: datetime) -> SharingGroup:
    """The same agencies under another name."""
    group = _lock(group_id, by)
    before = group.name
    if before == name:
        return group
    _refuse_taken(name, but=group)
    group.name = name
    group.save(update_fields=["name"])
    record(Verb.GROUP_RENAMED, by=by, target=group, at=at, name=[before, name])
    return group


@deed
def add_agency(*, group_id: int, agency: Agency, by: User, at: datetime) -> SharingGroup:
    """The agency reads what is passed to the group, and what was passed to it before."""
    group = _lock(group_id, by)
    if not agency.is_active:
        raise AgencyNotActive(_("This agency is switched off."))
    if not group.agencies.filter(pk=agency.pk).exists():
        group.agencies.add(agency)
        record(Verb.GROUP_JOINED, by=by, target=group, at=at, agency=agency.code)
    return group


@deed
def remove_agency(*, group_id: int, agency: Agency, by: User, at: datetime) -> SharingGroup:
    """The agency reads no longer what was passed to the group alone."""
    group = _lock(group_id, by)
    if group.agencies.filter(pk=agency.pk).exists():
        group.agencies.remove(agency)
        record(Verb.GROUP_LEFT, by=by, target=group, at=at, agency=agency.code)
    return group


def _lock(group_id: int, by: User) -> SharingGroup:
    return SharingGroup.objects.kept_by(by).select_for_update(of=("self",)).get(pk=group_id)


def _refuse_taken(name: str, but: SharingGroup | None = None) -> None:
    others = SharingGroup.objects.filter(name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise GroupNameTaken(_("Another group has this name already."))
