"""Agencies, groups of agencies, and the people who hold posts in them."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.choices import KIND_WORDS, Classification, Role, Tier
from places.models import Area


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
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.role == Role.SYSTEM_ADMIN:
            return self.all()
        return self.with_agency(user.agency_id)

    def with_agency(self, agency_id: int) -> "SharingGroupQuerySet":
        """Groups that this agency is in."""
        memberships = SharingGroup.agencies.through.objects.filter(agency_id=agency_id)
        return self.filter(pk__in=memberships.values("sharinggroup_id"))


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


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str, password: str | None, **fields: Any) -> "User":
        """A person who can sign in. Called by `agencies.actions` only, which records it."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, the post they hold, and what they are cleared to read."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    post = models.CharField(_("post"), max_length=120)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="people", verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    clearance = models.CharField(
        _("cleared to"),
        max_length=12,
        choices=Classification,
        default=Classification.RESTRICTED,
    )
    # The districts and provinces a commander answers for; empty means the whole agency.
    areas = models.ManyToManyField(Area, related_name="posts", blank=True, verbose_name=_("areas"))
    is_active = models.BooleanField(_("active"), default=True)
    # Made by the example data with a known password; never in a production deployment.
    is_example = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "post"]

    class Meta:
        verbose_name = _("user")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="email_once_whatever_its_case"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=Q(clearance__in=Classification.values), name="clearance_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.post}"

    def post_line(self) -> str:
        """How the person is shown: by post, never by name where the post will do."""
        return self.post

    @property
    def is_staff(self) -> bool:
        """May open the reference data pages."""
        return self.is_active and self.role == Role.SYSTEM_ADMIN

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002 - Django's signature
        """Django's admin asks this; every other right is a policy of its room."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002 - Django's signature
        return self.is_staff
