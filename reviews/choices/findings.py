"""Codes of section E: why."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    """What a finding says about how things worked. Nothing need be broken for it to be one."""

    STRENGTH = "strength", _("Strength")
    FAILURE = "failure", _("Failure")
    MISSED = "missed", _("Missed opportunity")
    IMPROVEMENT = "afi", _("Area for improvement")
    UNBROKEN = "unbroken", _("Gap, though nothing was broken")
    NOTABLE = "notable", _("Notable practice")
    GAP = "gap", _("Information gap")
    NEAR_MISS = "near_miss", _("Near miss or foiled")
    CONTEXT = "context", _("Context")


# What to keep doing: a lesson drawn from these alone is a notable practice.
GOOD_KINDS = (FindingKind.STRENGTH, FindingKind.NOTABLE)


# What fell short, whether or not anybody broke a rule.
SHORT_KINDS = (
    *(FindingKind.FAILURE, FindingKind.MISSED),
    *(FindingKind.IMPROVEMENT, FindingKind.UNBROKEN),
)


class Counterfactual(models.TextChoices):
    """Had this held, would harm have been less?"""

    YES = "YES", _("Yes")
    PROBABLY = "PROBABLY", _("Probably")
    POSSIBLY = "POSSIBLY", _("Possibly")
    NO = "NO", _("No")
    # Looked into, and left open: another thing than nobody's having looked.
    OPEN = "OPEN", _("Could not be determined")
    UNKNOWN = "UNKNOWN", _("Not known")


class Severity(models.TextChoices):
    """How much the finding bore on the harm, for better or for worse: this product's own scale.

    A strength is weighed by the harm that it spared. What the source itself calls it stands beside.
    """

    DECISIVE = "DECISIVE", _("5: decisive, without it the harm would be of another order")
    GRAVE = "GRAVE", _("4: grave, it bore on lives lost or saved")
    SERIOUS = "SERIOUS", _("3: serious, it made harm more likely or less")
    LIMITED = "LIMITED", _("2: limited, work was harder or easier, no harm came of it")
    SLIGHT = "SLIGHT", _("1: slight, worth writing down")
    UNKNOWN = "UNKNOWN", _("Not known")


class Probability(models.TextChoices):
    """The PHIA yardstick: how likely it is that the finding is so. It has gaps on purpose."""

    REMOTE = "remote", _("Remote chance (up to about 5 %)")
    HIGHLY_UNLIKELY = "highly_unlikely", _("Highly unlikely (about 10 to 20 %)")
    UNLIKELY = "unlikely", _("Unlikely (about 25 to 35 %)")
    REALISTIC = "realistic", _("Realistic possibility (about 40 to under 50 %)")
    LIKELY = "likely", _("Likely or probable (about 55 to 75 %)")
    HIGHLY_LIKELY = "highly_likely", _("Highly likely (about 80 to 90 %)")
    ALMOST_CERTAIN = "almost_certain", _("Almost certain (about 95 % or more)")


class Confidence(models.TextChoices):
    """ICD 203: how far the evidence carries the judgement."""

    LOW = "low", _("Low: little confirms it, much is assumed")
    MODERATE = "moderate", _("Moderate: partly confirmed by good sources")
    HIGH = "high", _("High: well confirmed, hardly anything assumed")


class BodyRole(models.TextChoices):
    """How a body comes into a finding."""

    PRINCIPAL = "PRINCIPAL", _("Principal")
    CONTRIBUTING = "CONTRIBUTING", _("Contributing")
    # Whom the source says in so many words not to blame, or whom the failure bore down on.
    CLEARED = "CLEARED", _("Expressly not criticised")
    AFFECTED = "AFFECTED", _("Affected by it")


class CauseKind(models.TextChoices):
    """What one finding did to another."""

    LED_TO = "LED_TO", _("led to")
    CONTRIBUTED = "CONTRIBUTED", _("contributed to")
    WORSENED = "WORSENED", _("made worse")
    LESSENED = "LESSENED", _("made less bad")
