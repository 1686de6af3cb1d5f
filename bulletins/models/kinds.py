"""What each kind of product says besides its title and bottom line, and what it must say."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bulletins.choices import SPOKEN, BulletinKind, Purpose
from incidents.models import Incident

# The columns that one kind fills in and the others leave empty.
KIND_FIELDS: dict[str, tuple[str, ...]] = {
    BulletinKind.LESSONS: (),
    BulletinKind.FLASH: ("known", "unknown", "next_word"),
    BulletinKind.DRILL: ("steps", "closed_when"),
    BulletinKind.NOTICE: ("purpose", "owner_post", "report_by"),
}
ALL_KIND_FIELDS = tuple(name for names in KIND_FIELDS.values() for name in names)


class OfKind(models.Model):
    """The kind of a product and the words that only this kind has."""

    kind = models.CharField(
        _("kind"), max_length=8, choices=BulletinKind, default=BulletinKind.LESSONS
    )
    # The incident that a flash is about.
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="flashes"
    )
    known = models.TextField(_("what is known"), blank=True)
    # One unknown a line.
    unknown = models.TextField(_("what is not known"), blank=True)
    next_word = models.CharField(_("when the next word comes"), max_length=200, blank=True)
    # One post a line: post, colon, what it does.
    steps = models.TextField(_("who does what"), blank=True)
    closed_when = models.CharField(_("practised when"), max_length=200, blank=True)
    purpose = models.CharField(_("for"), max_length=11, choices=Purpose, blank=True)
    owner_post = models.CharField(_("accountable post"), max_length=160, blank=True)
    report_by = models.DateField(_("report back by"), null=True, blank=True)

    class Meta:
        abstract = True


def _silent(*kinds: str) -> Q:
    """Nothing is said in the columns of these other kinds."""
    said = Q()
    for kind in kinds:
        for name in KIND_FIELDS[kind]:
            said &= Q(**{name: None if name == "report_by" else ""})
    return said


LESSONS, FLASH, DRILL, NOTICE = (
    BulletinKind.LESSONS,
    BulletinKind.FLASH,
    BulletinKind.DRILL,
    BulletinKind.NOTICE,
)
KIND_RULES = [
    models.CheckConstraint(
        condition=(Q(kind=LESSONS, incident=None) & _silent(FLASH, DRILL, NOTICE))
        | (
            Q(kind=FLASH, incident__isnull=False)
            & ~Q(known="")
            & ~Q(next_word="")
            & _silent(DRILL, NOTICE)
        )
        | (
            Q(kind=DRILL, incident=None, steps__contains=":")
            & ~Q(closed_when="")
            & _silent(FLASH, NOTICE)
        )
        | (Q(kind=NOTICE, incident=None, purpose__in=Purpose.values) & _silent(FLASH, DRILL)),
        name="bulletin_is_of_its_kind",
        violation_error_message=_("A product says what its kind says, and nothing of another's."),
    ),
    models.CheckConstraint(
        condition=~Q(purpose=Purpose.ACTION)
        | (~Q(owner_post="") & ~Q(actions="") & Q(report_by__isnull=False)),
        name="notice_for_action_names_who_and_when",
        violation_error_message=_(
            "A notice for action names the accountable post, the steps and the day to report back."
        ),
    ),
    models.CheckConstraint(
        condition=Q(kind=LESSONS) | Q(language__in=SPOKEN),
        name="one_side_is_in_one_language",
        violation_error_message=_("Only a lessons bulletin can be in both languages."),
    ),
]
