"""Deeds to seal, ways to alter them, and what is found."""

from django.db import transaction

from audit.choices import Verb
from audit.record import record
from audit.sealing.findings import Finding
from audit.sealing.verifying import verify
from tests.audit.keeper import superuser
from tests.factories import AgencyFactory


def deed(**data):
    agency = AgencyFactory.create()
    with transaction.atomic():
        return record(Verb.REFERENCE_CHANGED, by=None, target=agency, **data)


def found(**how):
    findings: list[Finding] = []
    verify(report=findings.append, **how)
    return findings


def tamper(statement, *values):
    with superuser() as intruder:
        assert intruder.execute(statement, values).rowcount > 0
