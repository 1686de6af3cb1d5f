"""The worker's part: it seals what is new, and reads the whole record once a night."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from audit.models import Verification
from audit.sealing.making import seal_events as seal
from audit.sealing.verifying import Verdict, verify

log = logging.getLogger(__name__)

# Below the broker's visibility timeout, or the task would be handed out twice. Some twenty million
# events are read in that time; a longer record is read by `manage.py verify_audit`.
LONGEST_RUN = 270


@shared_task
def seal_events(**_: object) -> None:
    """Seal the events that are new. With nothing new, or another worker at it, nothing is done."""
    seal()


@shared_task(time_limit=LONGEST_RUN + 15, soft_time_limit=LONGEST_RUN)
def verify_record(**_: object) -> None:
    """Verify the whole record, and keep what was found for the auditor's page."""
    verdict = verify(report=lambda finding: log.error("The record is not sound: %s", finding))
    keep(verdict)


@transaction.atomic
def keep(verdict: Verdict) -> Verification:
    """Write down what a run found."""
    return Verification.objects.create(
        ran_at=timezone.now(),
        first_seal=verdict.first_seal,
        last_seal=verdict.last_seal,
        events=verdict.events,
        found=verdict.found,
        findings=[finding.plain() for finding in verdict.findings],
    )
