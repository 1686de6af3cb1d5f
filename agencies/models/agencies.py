"""Agencies, and the groups in which they share with one another."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.choices import Role, Tier
from places.models import Area

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from agencies.models.people import User


class AgencyQuerySet(models.QuerySet["Agency"]):
    def active(self) -> "AgencyQuerySet":
        """Agencies that can own and receive records."""
        return self.filter(is_active=True)


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

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_ur if self.name_ur and get_language() == "ur" else self.name


class SharingGroupQuerySet(models.QuerySet["SharingGroup"]):
    def visible_to(self, user: "User | AnonymousUser") -> "SharingGroupQuerySet":
        """Groups whose page `user` may open: all for a system admin, none for anybody else."""
        keeps = user.is_active and getattr(user, "role", "") == Role.SYSTEM_ADMIN
        return self if keeps else self.none()


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
