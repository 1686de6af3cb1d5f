"""Candour: what contributors tell the facilitator alone, and what may be said of it.

Whoever reads these tables by hand finds no statement: the words are sealed with a key derived from
the deployment's secret. See docs/adr/0019-candour.md.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import Agency, User
from agencies.models.marking import Person
from reviews.models.review import Review
from reviews.models.signoff import KEPT

# A summary rests on the statements of at least so many people, or it is not shown.
LEAST_CONTRIBUTORS = 3
# What stands of a statement for good.
SAID = ("review", "author", "facilitator", "given_at", "key")


class CandourInvitationQuerySet(models.QuerySet["CandourInvitation"]):
    def visible_to(self, user: Person) -> "CandourInvitationQuerySet":
        """Whom it invites, who invited, and the facilitator who will read what is said."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(Q(person=user) | Q(asked_by=user) | Q(facilitator=user))


class CandourInvitation(models.Model):
    """Somebody who is not on the team is asked for a statement on this one review.

    They read nothing of the review, so the invitation carries its number and its marking.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="candour_invitations")
    person = models.ForeignKey(User, models.PROTECT, related_name="candour_invitations")
    facilitator = models.ForeignKey(User, models.PROTECT, related_name="+")
    about = models.CharField(_("about what"), max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=50)
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    tlp = models.CharField(max_length=12, choices=TLP)
    classification = models.CharField(max_length=12, choices=Classification)
    caveats = ArrayField(models.CharField(max_length=12, choices=Caveat), default=list, blank=True)
    is_example = models.BooleanField(default=False)

    objects = CandourInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to speak")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "person"], name="candour_invited_once_a_review"
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("facilitator")),
                name="candour_facilitator_is_not_invited",
            ),
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} invitation on {self.reference}"

    @property
    def caveat_labels(self) -> list[str]:
        """The caveats in words."""
        return [str(Caveat(caveat).label) for caveat in self.caveats]


class CandourStatementQuerySet(models.QuerySet["CandourStatement"]):
    def visible_to(self, user: Person) -> "CandourStatementQuerySet":
        """Its author and the facilitator to whom it was given. Nobody else, by no role."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        return self.filter(Q(author=user) | Q(facilitator=user))

    def standing(self) -> "CandourStatementQuerySet":
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)


class CandourStatement(models.Model):
    """What a contributor told the facilitator alone. Withdrawn, its words are destroyed.

    A facilitator who joins later does not read what was told to another.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(User, models.PROTECT, related_name="+")
    sealed = models.TextField(blank=True)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = CandourStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("candid statement")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) & ~Q(sealed="")
                | Q(withdrawn_at__isnull=False, sealed=""),
                name="candour_withdrawn_is_destroyed",
            ),
            models.CheckConstraint(
                condition=~Q(author=models.F("facilitator")),
                name="candour_author_is_not_the_facilitator",
            ),
        ]
        indexes = [models.Index(fields=["review", "facilitator"], name="candour_of_review")]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_withdrawn", fields=list(SAID)),
            pgtrigger.Protect(
                name="withdrawn_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} statement"


class CandourThemeQuerySet(models.QuerySet["CandourTheme"]):
    def shown(self) -> "CandourThemeQuerySet":
        """Those that the review says, in the order in which they were shown."""
        return self.filter(shown_at__isnull=False).order_by("shown_at", "pk")


class CandourTheme(models.Model):
    """What several contributors said, in the facilitator's words.

    `contributors` is counted by the database and by nobody else; below three it is not shown, and
    one that falls below three is shown no more.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="candour_themes")
    text = models.TextField(_("what they said, in your words"))
    contributors = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)
    grounds = models.ManyToManyField(
        CandourStatement, through="CandourGround", related_name="themes"
    )

    objects = CandourThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("summary of candid statements")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="candour_theme_says_what"),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(contributors__gte=LEAST_CONTRIBUTORS),
                name="candour_shown_by_three_at_least",
                violation_error_message=_("Fewer than three people said it. It cannot be shown."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} summary"


class CandourGround(models.Model):
    """A statement that a summary rests on."""

    theme = models.ForeignKey(CandourTheme, models.CASCADE, related_name="+")
    statement = models.ForeignKey(CandourStatement, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "statement"], name="candour_ground_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ground of summary {self.theme_id}"
