"""The people who can sign in, each with the post they act in now."""

from copy import copy
from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.choices import Classification, Role
from agencies.models.agencies import Agency
from agencies.models.postings import ACTS_IN_A_LIVE_POST, Posting, is_posted_to
from places.models import Area


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User | AnonymousUser") -> "UserQuerySet":
        """People whose page `user` may open: a system admin all, an agency's admin its own."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.role == Role.SYSTEM_ADMIN:
            return self
        if user.role == Role.AGENCY_ADMIN:
            return self.filter(Q(agency_id=user.agency_id) | is_posted_to(user.agency_id))
        return self.none()

    def for_request(self) -> "UserQuerySet":
        """With what the frame of every page shows: the agency, and whether there is a choice."""
        others = Posting.objects.live().filter(person=OuterRef("pk"))
        return self.select_related("agency").annotate(
            may_switch=Exists(others.exclude(pk=OuterRef("posting_id")))
        )


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def visible_to(self, user: "User | AnonymousUser") -> UserQuerySet:
        """The one door: see UserQuerySet."""
        return self.get_queryset().visible_to(user)

    def create_user(self, *, email: str, password: str | None, **fields: Any) -> "User":
        """A person who can sign in. Called by `agencies.actions` only, which records it.

        Without a password nobody can sign in until the person has set one.
        """
        given = {"given_by": fields.pop("given_by", None), "given_at": fields.pop("given_at", None)}
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        return self.enter(user, **given)

    def enter(
        self, user: "User", *, given_at: datetime | None = None, given_by: "User | None" = None
    ) -> "User":
        """Store a new person together with the first post; neither can be without the other."""
        with transaction.atomic(savepoint=False):
            user.posting_id = _next_posting_id()
            user.save(force_insert=True)
            Posting.objects.create(
                pk=user.posting_id,
                person=user,
                agency_id=user.agency_id,
                role=user.role,
                post=user.post,
                given_at=given_at or timezone.now(),
                given_by=given_by,
            )
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person, the post they act in now, and what they are cleared to read.

    `agency`, `role` and `post` repeat the posting acted in. A foreign key over all of them
    (migration 0005) lets the copies follow a posting that changes, and refuses any that differ.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="+")
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
    is_active = models.BooleanField(_("active"), default=True)
    # The newest link by which the person may set a password; none once it has been used.
    link_made_at = models.DateTimeField(null=True)
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
        triggers = [
            pgtrigger.Trigger(
                name="acts_in_a_live_post",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__is_active=True),
                timing=pgtrigger.Deferred,
                func=ACTS_IN_A_LIVE_POST.format(person="NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.post}"

    def get_absolute_url(self) -> str:
        """The page of the person, for the admins who keep it."""
        return reverse("person_detail", args=[self.pk])

    @property
    def areas(self) -> "models.QuerySet[Area]":
        """The districts and provinces that the post acted in answers for."""
        return Area.objects.filter(postings=self.posting_id)

    def in_agency(self, agency_id: int) -> "User | None":
        """The person as they act in the live post that they hold there; None where they hold none.

        For work that was asked for in that post: never to be stored.
        """
        posting = Posting.objects.of(self).filter(agency_id=agency_id).first()
        if posting is None:
            return None
        same = copy(self)
        same.posting, same.agency = posting, posting.agency
        same.role, same.post = posting.role, posting.post
        return same

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


def _next_posting_id() -> int:
    """A number that no posting has: the person names the posting and the posting the person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('agencies_posting', 'id'))")
        row: tuple[int] = cursor.fetchone()
    return row[0]
