"""The marking of a record and the one rule by which it is read.

TLP says how far a record may go, the classification who is cleared for it, and shares name the
agencies, groups and people it was passed to. `visible_to` is the only door for a person's read.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import ORDINARY_CLASSIFICATIONS, TLP, Caveat, Classification, Role
from agencies.models.agencies import Agency, SharingGroup
from agencies.models.people import User
from core.labelled import Labelled

Person = User | AnonymousUser
Record = TypeVar("Record", bound="Marked")

# These hold no content by their role alone: they keep people and reference data.
BLIND_ROLES = frozenset({Role.SYSTEM_ADMIN})


class MarkedQuerySet(models.QuerySet[Record]):
    """Rows that carry a marking. `shares` is the model that names whom a row was passed to."""

    def visible_to(self, user: Person) -> Self:
        """Rows that `user` may read: see `Who may see what` in docs/access.md."""
        return self.filter(self.marking_allows(user))

    def marking_allows(self, user: Person) -> Q:
        """The marking's part of the rule, as a condition without joins."""
        # EYES names its readers: what is marked so is open to nobody else, whatever its TLP.
        open_to_all = ~Q(caveats__contains=[Caveat.EYES])
        is_known = isinstance(user, User) and user.is_active and user.role not in BLIND_ROLES
        if not isinstance(user, User) or not is_known:
            return Q(tlp=TLP.CLEAR, classification=Classification.UNMARKED) & open_to_all
        owner = Q(agency_id=user.agency_id)
        by_tlp = (
            (Q(tlp__in=[TLP.CLEAR, TLP.GREEN]) & open_to_all)
            | (owner & ~Q(tlp=TLP.RED))
            | (~Q(tlp__in=[TLP.AMBER_STRICT, TLP.RED]) & self.shared_with_agency_of(user))
            | (Q(tlp=TLP.RED) & self.shared_with_person(user))
        )
        return by_tlp & Q(classification__in=Classification.up_to(user.clearance))

    def shared_with_agency_of(self, user: User) -> Q:
        """Passed to the agency, to a group it is in, or to the person."""
        return _shared_with_agency(self.model, user.agency_id, user.pk)

    def shared_with_person(self, user: User) -> Q:
        """Named for this very person."""
        return _shared_with_person(self.model, user.pk)


class Marked(Labelled):
    """A record with an owner agency and a marking."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="%(class)ss", verbose_name=_("owner agency")
    )
    tlp = models.CharField(_("TLP"), max_length=12, choices=TLP, default=TLP.AMBER)
    classification = models.CharField(
        _("classification"),
        max_length=12,
        choices=Classification,
        default=Classification.RESTRICTED,
    )
    caveats = ArrayField(
        models.CharField(max_length=12, choices=Caveat),
        default=list,
        blank=True,
        verbose_name=_("caveats"),
    )
    # Built from open press for demonstration; every page and document says so.
    is_example = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(tlp__in=TLP.values), name="%(class)s_tlp_is_known"),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values),
                name="%(class)s_classification_is_known",
            ),
            models.CheckConstraint(
                condition=Q(caveats__contained_by=Caveat.values),
                name="%(class)s_caveats_are_known",
            ),
            # What anyone may read cannot be classified at the same time.
            models.CheckConstraint(
                condition=~Q(tlp=TLP.CLEAR) | Q(classification=Classification.UNMARKED),
                name="%(class)s_clear_is_unmarked",
                violation_error_message=_("TLP:CLEAR is public; a classified record cannot be."),
            ),
        ]

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[Any]":
        """Live shares of the row `pk` (an id or an OuterRef)."""
        raise NotImplementedError(f"{cls.__name__} does not say whom it is shared with")

    @property
    def caveat_labels(self) -> list[str]:
        """The caveats in words."""
        return [str(Caveat(caveat).label) for caveat in self.caveats]


# A page asks for the same two conditions once for each kind of record on it, and a condition in
# Django's terms takes longer to build than to answer. They hold numbers and no rows: nothing ages.
@lru_cache(maxsize=2048)
def _shared_with_agency(model: type[Marked], agency: int, person: int) -> Q:
    its_groups = SharingGroup.agencies.through.objects.filter(agency_id=agency)
    return Q(
        Exists(
            model.shares_of(OuterRef("pk")).filter(
                Q(to_agency_id=agency)
                | Q(to_person_id=person)
                | Q(to_group_id__in=its_groups.values("sharinggroup_id"))
            )
        )
    )


@lru_cache(maxsize=2048)
def _shared_with_person(model: type[Marked], person: int) -> Q:
    return Q(Exists(model.shares_of(OuterRef("pk")).filter(to_person_id=person)))


class Share(models.Model):
    """A record passed to exactly one of: an agency, a sharing group, a named person.

    Concrete in each room: `record` is the foreign key that the subclass adds.
    """

    to_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    to_group = models.ForeignKey(
        SharingGroup, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    to_person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(
                    Q(to_agency__isnull=False, to_group=None, to_person=None)
                    | Q(to_agency=None, to_group__isnull=False, to_person=None)
                    | Q(to_agency=None, to_group=None, to_person__isnull=False)
                ),
                name="%(class)s_names_one_recipient",
            ),
        ]


def allowed_classifications() -> list[Classification]:
    """What this deployment may hold: SECRET and above only where it is accredited."""
    return list(Classification) if settings.ACCREDITED_FOR_SECRET else [*ORDINARY_CLASSIFICATIONS]


def lowered(record: Marked, *, tlp: str, classification: str, caveats: Iterable[str]) -> list[str]:
    """The scales on which this marking would let `record` go further than it may now."""
    found = {
        "tlp": TLP(tlp).rank < TLP(record.tlp).rank,
        "classification": Classification(classification).rank
        < Classification(record.classification).rank,
        "caveats": not set(record.caveats) <= set(caveats),
    }
    return [scale for scale, is_lower in found.items() if is_lower]


def highest(markings: "list[Marked]") -> tuple[TLP, Classification]:
    """The marking a product of these parts must carry at least: the highest of each scale."""
    tlp = max((TLP(each.tlp) for each in markings), key=lambda t: t.rank, default=TLP.CLEAR)
    classification = max(
        (Classification(each.classification) for each in markings),
        key=lambda c: c.rank,
        default=Classification.UNMARKED,
    )
    return tlp, classification
