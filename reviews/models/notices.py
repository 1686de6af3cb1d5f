"""Fair notice: a body that a review criticises reads the passage and may reply before it is out."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Caveat, Classification, Role
from agencies.models import Agency, User
from agencies.models.marking import Person
from reviews.models.review import Review
from reviews.models.signoff import KEPT


class FairNoticeQuerySet(models.QuerySet["FairNotice"]):
    def visible_to(self, user: Person) -> "FairNoticeQuerySet":
        """With the review; and to the cleared commanders of the agency that was given it."""
        with_review = Q(review__in=Review.objects.visible_to(user).values("pk"))
        if not isinstance(user, User) or not user.is_active or user.role != Role.COMMANDER:
            return self.filter(with_review)
        levels = Classification.up_to(user.clearance)
        return self.filter(
            with_review | Q(body_agency_id=user.agency_id, classification__in=levels)
        )


class FairNotice(models.Model):
    """A passage as it stood when the body that it criticises was given it, and the day to reply by.

    The body reads the passage and nothing else of the review, so the notice carries a copy of all
    that it shows: the words, the review's number, its marking.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="notices")
    # The number of the finding's row; the finding itself may be taken out of a draft.
    finding_key = models.BigIntegerField(null=True, blank=True)
    about = models.CharField(_("passage"), max_length=120, blank=True)
    words = models.TextField(_("the words they are given"))
    # SHA-256 of the whole finding at that moment; blank where the words are from elsewhere.
    stood_at = models.CharField(max_length=64, blank=True)
    body_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("agency here"),
    )
    body_name = models.CharField(_("body outside"), max_length=120, blank=True)
    body_post = models.CharField(_("to which post"), max_length=120)
    due_date = models.DateField(_("reply by"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=50)
    from_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    tlp = models.CharField(max_length=12, choices=TLP)
    classification = models.CharField(max_length=12, choices=Classification)
    caveats = ArrayField(models.CharField(max_length=12, choices=Caveat), default=list, blank=True)
    is_example = models.BooleanField(default=False)
    # From the form that gave it, so that a second click gives nothing.
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = FairNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fair notice")
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(body_post=""), name="notice_says_what_to_whom"
            ),
            models.CheckConstraint(
                condition=Q(body_agency=None) & ~Q(body_name="")
                | Q(body_agency__isnull=False, body_name=""),
                name="notice_to_one_body",
                violation_error_message=_("Choose an agency here, or name a body outside."),
            ),
            models.CheckConstraint(
                condition=Q(finding_key=None, stood_at="")
                | Q(finding_key__isnull=False, stood_at__regex=r"^[0-9a-f]{64}$"),
                name="notice_knows_how_its_finding_stood",
            ),
        ]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} notice of {self.reference}"

    @property
    def body(self) -> str:
        """The body's name, for a page that has fetched its agency."""
        return self.body_agency.label if self.body_agency else self.body_name

    @property
    def caveat_labels(self) -> list[str]:
        """The caveats in words."""
        return [str(Caveat(caveat).label) for caveat in self.caveats]


class NoticeReply(models.Model):
    """What the body says to the passage; kept as written.

    An agency here replies itself. What a body outside wrote is entered by the lead, with its
    source: the letter and its number.
    """

    notice = models.ForeignKey(FairNotice, models.PROTECT, related_name="replies")
    text = models.TextField(_("the reply"))
    said_on = models.DateField(_("its date"))
    source = models.CharField(_("where it is: letter, number"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="notice_reply_says_what")]
        triggers = [KEPT]

    def __str__(self) -> str:
        return f"#{self.pk} reply to notice {self.notice_id}"
