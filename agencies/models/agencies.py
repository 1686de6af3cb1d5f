"""Agencies, and the groups in which they share with one another."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.choices import KIND_WORDS, Role, Tier
from places.models import Area

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from agencies.models.people import User


class AgencyQuerySet(models.QuerySet["Agency"]):
    def active(self) -> "AgencyQuerySet":
        """Agencies that can own and receive records."""
        return self.filter(is_active=True)

    def named(self, words: str) -> "AgencyQuerySet":
        """Agencies with these words in their name, their Urdu name or their code."""
        return self.filter(
            Q(name__icontains=words) | Q(name_ur__icontains=words) | Q(code__icontains=words)
        )

    def asked(
        self, *, tier: str = "", kind: str = "", province: int | None = None, q: str = ""
    ) -> "AgencyQuerySet":
        """Agencies that fit every filter that is given."""
        wanted = {"tier": tier or None, "kind": kind or None, "province": province}
        agencies = self.filter(**{name: said for name, said in wanted.items() if said is not None})
        return agencies.named(q) if q else agencies


class Agency(models.Model):
    """A police force, department, service or oversight body."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_ur = models.CharField(_("name in Urdu"), max_length=120, blank=True)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier)
    kind = models.CharField(_("kind"), max_length=30)
    province = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        verbose_name=_("province"),
    )
    is_active = models.BooleanField(_("active"), default=True)
    source = models.CharField(max_length=300, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="agency_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("agencies:agency_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_ur if self.name_ur and get_language() == "ur" else self.name

    @property
    def kind_words(self) -> str:
        """Its kind in words; a kind that an admin made up is its own word."""
        return str(KIND_WORDS.get(self.kind, self.kind.replace("_", " ")))


class SharingGroupQuerySet(models.QuerySet["SharingGroup"]):
    def visible_to(self, user: "User | AnonymousUser") -> "SharingGroupQuerySet":
        """Groups that `user` may know of: those of their agency, and all for a system admin.

        Who shares with whom is itself a secret: to anybody else a group is not there.
        """
        if user.is_anonymous or not user.is_active:
            return self.none()
        if user.role == Role.SYSTEM_ADMIN:
            return self.all()
        return self.with_agency(user.agency_id)

    def with_agency(self, agency_id: int) -> "SharingGroupQuerySet":
        """Groups that this agency is in."""
        memberships = SharingGroup.agencies.through.objects.filter(agency_id=agency_id)
        return self.filter(pk__in=memberships.values("sharinggroup_id"))

    def kept_by(self, user: "User | AnonymousUser") -> "SharingGroupQuerySet":
        """Groups that `user` makes and changes: all for a system admin, none for anybody else."""
        keeps = user.is_active and getattr(user, "role", "") == Role.SYSTEM_ADMIN
        return self.all() if keeps else self.none()


class SharingGroup(models.Model):
    """Agencies that share with one another under one name."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    agencies = models.ManyToManyField(Agency, related_name="sharing_groups", blank=True)

    objects = SharingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("sharing group")
        verbose_name_plural = _("sharing groups")

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    def get_absolute_url(self) -> str:
        """The page of the group, for system admins."""
        return reverse("group_detail", args=[self.pk])
