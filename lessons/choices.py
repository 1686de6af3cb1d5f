from django.db import models
from django.utils.translation import gettext_lazy as _


class LessonState(models.TextChoices):
    """As in the NATO process: only a validated lesson is learned; until then it is identified."""

    OBSERVATION = "OBSERVATION", _("Observation")
    IDENTIFIED = "IDENTIFIED", _("Identified")
    ENDORSED = "ENDORSED", _("Endorsed")
    IMPLEMENTING = "IMPLEMENTING", _("Being put into practice")
    VALIDATED = "VALIDATED", _("Validated: learned")
    REJECTED = "REJECTED", _("Rejected")


# The next step of each state; rejection stands outside.
NEXT_STATE = {
    LessonState.OBSERVATION: LessonState.IDENTIFIED,
    LessonState.IDENTIFIED: LessonState.ENDORSED,
    LessonState.ENDORSED: LessonState.IMPLEMENTING,
    LessonState.IMPLEMENTING: LessonState.VALIDATED,
}
# Before endorsement a lesson is its agency's own work.
ENDORSED_STATES = (LessonState.ENDORSED, LessonState.IMPLEMENTING, LessonState.VALIDATED)


class LessonKind(models.TextChoices):
    """A failure to mend, or something that worked and is worth repeating."""

    LESSON = "LESSON", _("Lesson")
    NOTABLE_PRACTICE = "NOTABLE_PRACTICE", _("Notable practice")
