"""Deeds to seal, ways to alter them, and what is found."""

from django.db import transaction

from audit.choices import Verb
from audit.models import Event
from audit.record import record
from audit.sealing.findings import Finding
from audit.sealing.verifying import verify
from tests.audit.keeper import superuser
from tests.factories import AgencyFactory


def recorded(verb, *, target, by=None, **data):
    """The event of a deed, as it stands in the record."""
    with transaction.atomic():
        record(verb, by=by, target=target, **data)
    return Event.objects.latest("pk")


def deed(**data):
    return recorded(Verb.REFERENCE_CHANGED, target=AgencyFactory.create(), **data)


def found(**how):
    findings: list[Finding] = []
    verify(report=findings.append, **how)
    return findings


def tamper(statement, *values):
    with superuser() as intruder:
        assert intruder.execute(statement, values).rowcount > 0
