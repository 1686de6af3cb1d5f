"""What the agencies that were asked say, and who was given notice, as it stands at a moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.choices import Classification, Role
from agencies.models import Agency, User
from core.panels import Mark
from incidents.selectors.reach import people_who_read as readers_of_incident
from reviews.choices import FindingKind
from reviews.models import (
    CONSULTED_TLP,
    CandourInvitation,
    Concurrence,
    Consultation,
    FairNotice,
    NoticeReply,
    Review,
    ReviewQuerySet,
)
from reviews.selectors.gathering import Found, Lists, gathered, under
from reviews.selectors.passages import finding_digest

# Findings of these kinds say that somebody did not do what was to be done.
CRITICAL = (FindingKind.FAILURE, FindingKind.IMPROVEMENT)


@dataclass(frozen=True)
class Word:
    """One agency that was asked: its answers, the newest last, and whether its silence is one."""

    consultation: Consultation
    answers: tuple[Concurrence, ...]
    is_due_past: bool

    @property
    def last(self) -> Concurrence | None:
        """The answer that holds."""
        return self.answers[-1] if self.answers else None

    @property
    def was_silent(self) -> bool:
        """Nothing came by the day; what came later stands beside it."""
        due = self.consultation.due_date
        in_time = any(timezone.localdate(each.at) <= due for each in self.answers)
        return self.is_due_past and not in_time


@dataclass(frozen=True)
class Notice:
    """One fair notice: its replies, and how it stands at a moment."""

    notice: FairNotice
    replies: tuple[NoticeReply, ...]
    is_due_past: bool
    # The passage is not what the body was given: changed since, or taken out.
    is_changed: bool

    @property
    def is_awaited(self) -> bool:
        """The body may still reply and has not."""
        return not self.replies and not self.is_due_past

    @property
    def was_silent(self) -> bool:
        """The day went by without a reply."""
        return not self.replies and self.is_due_past


def moment_of(review: Review) -> datetime:
    """The moment at which silence is judged: publication, and before it now."""
    return review.published_at or timezone.now()


def words_on(review: Review, at: datetime | None = None) -> list[Word]:
    """Every agency that was asked, in the order of asking. One query."""
    return words_from(gathered(review, **words_asked(review)), at or moment_of(review))


def words_asked(review: Review) -> Lists:
    """What `words_from` reads."""
    given = Concurrence.objects.filter(consultation__review=review)
    return {
        "consultations": review.consultations.select_related("agency", "asked_by").order_by(
            "asked_at", "pk"
        ),
        "concurrences": given.select_related("by", "dissent").order_by("at", "pk"),
    }


def words_from(found: Found, at: datetime) -> list[Word]:
    """The words as they were gathered, silence judged at that moment."""
    today = timezone.localdate(at)
    answers = under(found["concurrences"], "consultation_id")
    return [
        Word(each, tuple(answers[each.pk]), each.due_date < today)
        for each in found["consultations"]
    ]


def notices_of(review: Review, at: datetime | None = None) -> list[Notice]:
    """Every notice given, in the order of giving. One query."""
    found = gathered(review, **notices_asked(review), findings=review.findings.order_by("number"))
    return notices_from(found, at or moment_of(review))


def notices_asked(review: Review) -> Lists:
    """What `notices_from` reads, besides the findings."""
    said = NoticeReply.objects.filter(notice__review=review)
    return {
        "notices": review.notices.select_related("body_agency", "given_by").order_by(
            "given_at", "pk"
        ),
        "replies": said.select_related("by").order_by("at", "pk"),
    }


def notices_from(found: Found, at: datetime) -> list[Notice]:
    """The notices as they were gathered, silence judged at that moment."""
    today = timezone.localdate(at)
    given: list[FairNotice] = found["notices"]
    stands = {each.pk: finding_digest(each) for each in found["findings"]} if given else {}
    replies = under(found["replies"], "notice_id")
    return [
        Notice(
            notice=each,
            replies=tuple(replies[each.pk]),
            is_due_past=each.due_date < today,
            is_changed=each.finding_key is not None
            and stands.get(each.finding_key) != each.stood_at,
        )
        for each in given
    ]


def standing_notices(review: Review, at: datetime | None = None) -> list[Notice]:
    """The last notice on each passage to each body: what came before is superseded."""
    last: dict[tuple[object, ...], Notice] = {}
    for each in notices_of(review, at):
        row = each.notice
        last[row.finding_key or row.about, row.body_agency_id, row.body_name.casefold()] = each
    return list(last.values())


def awaited(review: Review, at: datetime) -> list[Notice]:
    """Notices whose body may still reply on that day and has not."""
    return [each for each in standing_notices(review, at) if each.is_awaited]


def notice_warnings(review: Review) -> list[str]:
    """What is not fair yet: critical findings without a notice, notices of words since changed."""
    if not review.findings.filter(kind__in=CRITICAL).exists() and not review.notices.exists():
        return []
    standing = standing_notices(review)
    noticed = {each.notice.finding_key for each in standing}
    found = [
        _(
            "Finding %(n)d criticises, and no body has had fair notice of it. If it criticises a"
            " body, give notice in section I."
        )
        % {"n": row.number}
        for row in review.findings.filter(kind__in=CRITICAL).order_by("number")
        if row.pk not in noticed
    ]
    return found + [
        _("%(about)s has changed since %(body)s was given it on %(on)s. Give notice anew.")
        % {
            "about": each.notice.about.capitalize(),
            "body": each.notice.body,
            "on": timezone.localdate(each.notice.given_at).isoformat(),
        }
        for each in standing
        if each.is_changed
    ]


def commanders_who_can(review: Review, agency: Agency) -> bool:
    """Whether a commander of the agency is cleared for the review and may read its incident."""
    levels = Classification.at_least(review.classification)
    return (
        readers_of_incident(review.incident)
        .filter(agency=agency, role=Role.COMMANDER, clearance__in=levels)
        .exists()
    )


def may_leave_agency(review: Review) -> bool:
    """Whether its marking lets another agency be asked about it before it is published."""
    return review.tlp in CONSULTED_TLP and "EYES" not in review.caveats


def awaiting_word_of(user: User) -> Q:
    """Reviews on which this commander's agency was asked and has not answered yet."""
    answered = Concurrence.objects.filter(consultation=OuterRef("pk"))
    open_ones = Consultation.objects.filter(
        ~Exists(answered), review=OuterRef("pk"), agency_id=user.agency_id
    )
    return Q(Exists(open_ones))


@dataclass(frozen=True)
class Asked:
    """What one person is asked for in the reviews of others."""

    reviews: list[Review]
    notices: list[FairNotice]
    invitations: list[CandourInvitation]

    @property
    def marks(self) -> list[Mark]:
        """The marking of each thing shown, and of the incident that a review names."""
        reviews = [(e.tlp, e.classification, e.caveats) for e in self.reviews]
        of_incidents = [e.incident for e in self.reviews]
        return [
            *reviews,
            *((e.tlp, e.classification, e.caveats) for e in of_incidents),
            *((e.tlp, e.classification, e.caveats) for e in self.notices),
            *((e.tlp, e.classification, e.caveats) for e in self.invitations),
        ]


def asked(user: User, reviews: ReviewQuerySet) -> Asked:
    """Reviews that wait for the word of their agency, notices to it, invitations to speak."""
    commands = user.role == Role.COMMANDER
    notices = FairNotice.objects.visible_to(user).filter(body_agency_id=user.agency_id)
    invited = CandourInvitation.objects.visible_to(user).filter(person=user)
    return Asked(
        reviews=list(reviews.filter(awaiting_word_of(user)).order_by("pk")[:50])
        if commands
        else [],
        notices=list(notices.select_related("from_agency").order_by("-given_at", "-pk")[:50])
        if commands
        else [],
        invitations=list(invited.select_related("from_agency").order_by("-asked_at", "-pk")[:50]),
    )
