"""What people are told of a bulletin: the notice, its e-mail, and what was reminded of.

A notice is written in the same transaction as the deed that it tells of, and stands in the person's
list at once. Its row is the outbox of the e-mail as well: the worker sends what waits.
"""

from typing import Self
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP, Classification
from agencies.models import Agency, User
from agencies.models.marking import BLIND_ROLES, Person
from bulletins.choices import (
    SPOKEN,
    SPOKEN_CHOICES,
    Ask,
    Language,
    MailState,
    NoticeKind,
    Owed,
    ReminderStep,
)
from bulletins.models.bulletin import SECONDS, Bulletin
from bulletins.models.release import Receipt, Release

# What an e-mail may say beyond number and marking, it says of these alone.
OPEN = (TLP.CLEAR, TLP.GREEN)
CLOCKED = (NoticeKind.REMINDED, NoticeKind.ESCALATED)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Person) -> Self:
        """One's own, while one is cleared for what it tells of."""
        if not isinstance(user, User) or not user.is_active or user.role in BLIND_ROLES:
            return self.none()
        return self.filter(person=user, classification__in=Classification.up_to(user.clearance))

    def sent_from(self, user: Person) -> Self:
        """Those that the person's agency caused, for who sends its bulletins."""
        if not isinstance(user, User) or not user.is_active or user.role not in SECONDS:
            return self.none()
        return self.filter(sender=user.agency_id, bulletin__in=Bulletin.objects.visible_to(user))

    def to_be_mailed(self) -> Self:
        """Those whose e-mail the worker owes."""
        return self.filter(state=MailState.WAITING)


class Notice(models.Model):
    """What one person is told of one release, once, and how far the e-mail of it is.

    The row repeats what the e-mail may say, because the machine that sends it reads no bulletin:
    number and marking of any; the title only of what is open to all and unmarked.
    """

    kind = models.CharField(max_length=9, choices=NoticeKind)
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="notices")
    release = models.ForeignKey(Release, models.PROTECT, related_name="notices")
    # Of what a reminder reminds.
    receipt = models.ForeignKey(
        Receipt, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    owed = models.CharField(max_length=11, choices=Owed, blank=True)
    step = models.CharField(max_length=9, choices=ReminderStep, blank=True)
    # Who is told, in which agency, and whose bulletin it is.
    person = models.ForeignKey(User, models.PROTECT, related_name="notices")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    sender = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reference = models.CharField(max_length=20)
    tlp = models.CharField(max_length=12, choices=TLP)
    classification = models.CharField(max_length=12, choices=Classification)
    title = models.CharField(max_length=160, blank=True)
    ask = models.CharField(max_length=11, choices=Ask)
    due_at = models.DateTimeField(null=True, blank=True)
    # Of a recall: the words of who recalled it.
    reason = models.TextField(blank=True)
    # Names the e-mail in its Message-ID, the same at every try.
    token = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person", "kind", "receipt", "owed", "step"],
                nulls_distinct=False,
                name="notice_once",
            ),
            models.CheckConstraint(
                condition=Q(title="") | Q(tlp__in=OPEN, classification=Classification.UNMARKED),
                name="notice_says_no_closed_title",
                violation_error_message=_("The title of a closed bulletin goes into no e-mail."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=CLOCKED,
                    receipt__isnull=False,
                    owed__in=Owed.values,
                    step__in=ReminderStep.values,
                    reason="",
                )
                | Q(kind=NoticeKind.RELEASED, receipt=None, owed="", step="", reason="")
                | (Q(kind=NoticeKind.RECALLED, receipt=None, owed="", step="") & ~Q(reason="")),
                name="notice_is_of_something",
                violation_error_message=_("A notice says what it is of."),
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False, error="")
                | (Q(state=MailState.FAILED, sent_at=None) & ~Q(error=""))
                | Q(state__in=[MailState.WAITING, MailState.UNWANTED], sent_at=None),
                name="notice_mail_is_whole",
                violation_error_message=_("What was sent has a time, what failed a reason."),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_list"),
            models.Index(
                fields=["try_at", "id"],
                condition=Q(state=MailState.WAITING),
                name="notice_to_mail",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="as_told",
                fields=[
                    *("kind", "bulletin", "release", "receipt", "owed", "step", "person", "agency"),
                    *("sender", "at", "reference", "tlp", "classification", "title", "ask"),
                    *("due_at", "reason", "token"),
                ],
            ),
            pgtrigger.FSM(
                name="mail_moves",
                field="state",
                transitions=[
                    ("WAITING", "SENT"),
                    ("WAITING", "UNWANTED"),
                    ("WAITING", "FAILED"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} of {self.reference} to {self.person_id}"

    @property
    def is_open(self) -> bool:
        """Whether its e-mail may say more than number and marking."""
        return self.tlp in OPEN and self.classification == Classification.UNMARKED

    @property
    def is_late(self) -> bool:
        """Whether it tells of something that is late."""
        return self.kind in CLOCKED and self.step != ReminderStep.SOON

    @property
    def marking_line(self) -> str:
        """`RESTRICTED TLP:AMBER`: English everywhere, as markings are."""
        level, tlp = Classification(self.classification), TLP(self.tlp)
        return f"{level.label} {tlp.label}"


class NoticeChoice(models.Model):
    """What a person wants by e-mail and in which language. Without a row: all of it, in English.

    Whatever is chosen, every notice stands in the person's list.
    """

    person = models.OneToOneField(User, models.PROTECT, related_name="notice_choice")
    by_mail = ArrayField(
        models.CharField(max_length=9, choices=NoticeKind), default=list, blank=True
    )
    language = models.CharField(
        _("language"), max_length=2, choices=SPOKEN_CHOICES, default=Language.ENGLISH
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(by_mail__contained_by=NoticeKind.values, language__in=SPOKEN),
                name="notice_choice_is_known",
                violation_error_message=_("Choose from the list."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of person {self.person_id}"


class ReceiptReminderQuerySet(models.QuerySet["ReceiptReminder"]):
    def visible_to(self, user: Person) -> Self:
        """Of what the person's agency was sent or has sent, where the person reads the bulletin."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        ours = Q(receipt__agency=user.agency_id) | Q(receipt__bulletin__agency=user.agency_id)
        return self.filter(ours, receipt__bulletin__in=Bulletin.objects.visible_to(user))


class ReceiptReminder(models.Model):
    """That the clock of a receipt has come so far. Written by the machine, once, for good."""

    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="reminders")
    owed = models.CharField(max_length=11, choices=Owed)
    step = models.CharField(max_length=9, choices=ReminderStep)
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    # How many people were told; none where nobody there is cleared and in post.
    told = models.PositiveIntegerField()

    objects = ReceiptReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "owed", "step"], name="reminded_once"),
            models.CheckConstraint(
                condition=Q(owed__in=Owed.values, step__in=ReminderStep.values),
                name="receipt_reminder_is_known",
                violation_error_message=_("This is no reminder."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="stays_as_written", operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.owed} {self.step} of receipt {self.receipt_id}"
