"""Section E: what a finding rests on and leads to, and how capabilities are rated."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from agencies.models.marking import Person
from incidents.models import Evidence
from reviews.choices import BodyRole, Capability, CauseKind, Rating
from reviews.models.findings import Finding
from reviews.models.review import Review
from reviews.models.rows import AT_ONCE, Row

# Asked after the lock, which says first who may add a row at all.
OF_ONE_INCIDENT = """
    IF (SELECT e.incident_id FROM incidents_evidence e WHERE e.id = NEW.evidence_id)
        = (SELECT r.incident_id FROM reviews_finding f JOIN reviews_review r ON r.id = f.review_id
            WHERE f.id = NEW.finding_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'evidence % and finding % are not of one incident',
        NEW.evidence_id, NEW.finding_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'finding_evidence_of_its_incident';
"""
# From what the new link leads to, along all links, never back to where it comes from.
NO_CIRCLE = """
    IF (SELECT count(DISTINCT f.review_id) = 1 AND count(*) = 2 FROM reviews_finding f
            WHERE f.id IN (NEW.cause_id, NEW.effect_id)) IS NOT TRUE THEN
        RAISE EXCEPTION 'findings % and % are not of one review', NEW.cause_id, NEW.effect_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cause_link_of_one_review';
    END IF;
    IF EXISTS (
        WITH RECURSIVE reached(id) AS (
            SELECT NEW.effect_id
            UNION SELECT l.effect_id FROM reviews_causelink l JOIN reached r ON l.cause_id = r.id
        ) SELECT FROM reached WHERE id = NEW.cause_id
    ) THEN
        RAISE EXCEPTION 'finding % would be its own cause', NEW.cause_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'cause_links_go_no_circle';
    END IF;
    RETURN NULL;
"""


class FindingBody(Row):
    """A body that a finding is about: an agency on this deployment, or any other in words."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="bodies")
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    # A private body, a foreign one, one that is no agency here.
    name = models.CharField(_("another body, in words"), max_length=200, blank=True)
    # Several posts of one body may each have a part of their own.
    post = models.CharField(_("post or unit"), max_length=120, blank=True)
    role = models.CharField(
        _("its part"), max_length=12, choices=BodyRole, default=BodyRole.PRINCIPAL
    )
    note = models.CharField(_("its part, in a sentence"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(agency=None) & ~Q(name="")) | (Q(agency__isnull=False) & Q(name="")),
                name="finding_body_is_one",
                violation_error_message=_("Choose an agency, or name another body: one of them."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=BodyRole.values), name="finding_body_role_is_known"
            ),
            models.UniqueConstraint(
                fields=["finding", "agency", "post"],
                condition=Q(agency__isnull=False),
                name="finding_body_agency_once",
            ),
            models.UniqueConstraint(
                "finding",
                Lower("name"),
                "post",
                condition=~Q(name=""),
                name="finding_body_name_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.role} in finding {self.finding_id}"

    @property
    def label(self) -> str:
        """The body as it is called, with its post; `agency` fetched with the row."""
        body = self.agency.label if self.agency else self.name
        return f"{body} · {self.post}" if self.post else body


class FindingEvidenceQuerySet(models.QuerySet["FindingEvidence"]):
    def visible_to(self, user: Person) -> Self:
        """Those whose piece of evidence the person may see."""
        return self.filter(evidence__in=Evidence.objects.visible_to(user).values("pk"))

    def of_review(self, review: Review) -> Self:
        """Under any finding of one review."""
        return self.filter(finding__review=review)


class FindingEvidence(Row):
    """A file of the incident that shows what a finding says; seen by whoever may see the file."""

    # The database takes these away with their finding, also those that the remover may not see.
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="files", db_constraint=False)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="+", verbose_name=_("piece of evidence")
    )
    shows = models.CharField(_("what it shows, and where in it"), max_length=300, blank=True)

    objects = FindingEvidenceQuerySet.as_manager()

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["finding", "evidence"], name="finding_evidence_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="of_one_incident",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=OF_ONE_INCIDENT,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of evidence {self.evidence_id}"

    @property
    def label(self) -> str:
        """The title of the file; `evidence` fetched with the row."""
        return self.evidence.title


class CauseLink(Row):
    """One finding led to, contributed to or made worse another of the same review."""

    cause = models.ForeignKey(
        Finding, models.CASCADE, related_name="effects", verbose_name=_("this finding")
    )
    effect = models.ForeignKey(
        Finding, models.CASCADE, related_name="causes", verbose_name=_("that finding")
    )
    kind = models.CharField(
        _("what it did"), max_length=11, choices=CauseKind, default=CauseKind.CONTRIBUTED
    )
    text = models.CharField(_("how, in a sentence"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=CauseKind.values), name="cause_link_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(cause=F("effect")),
                name="cause_link_joins_two",
                violation_error_message=_("A finding is not its own cause. Choose another one."),
            ),
            models.UniqueConstraint(
                fields=["cause", "effect"], name="cause_link_once", deferrable=AT_ONCE
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_circle",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_CIRCLE,
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} from {self.cause_id} to {self.effect_id}"

    @property
    def label(self) -> str:
        """The link in words; both findings fetched with the row."""
        return gettext("Finding %(cause)d %(did)s finding %(effect)d") % {
            "cause": self.cause.number,
            "did": self.get_kind_display(),
            "effect": self.effect.number,
        }


class CapabilityRating(Row):
    """How one capability worked towards one objective: P, S, M or U (HSEEP), and why."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="ratings")
    capability = models.CharField(_("capability"), max_length=3, choices=Capability)
    objective = models.CharField(_("what it was to achieve"), max_length=300, blank=True)
    rating = models.CharField(_("how it worked"), max_length=1, choices=Rating)
    reason = models.TextField(_("why"), blank=True)
    findings = models.ManyToManyField(
        Finding, related_name="ratings", blank=True, verbose_name=_("findings that explain it")
    )

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(capability__in=Capability.values, rating__in=Rating.values),
                name="capability_rating_is_known",
            ),
            models.UniqueConstraint(
                fields=["review", "capability", "objective"],
                name="capability_rated_once",
                deferrable=AT_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.capability} {self.rating}"

    @property
    def label(self) -> str:
        """The capability in words."""
        return self.get_capability_display()
