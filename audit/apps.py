from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of every deed."""

    name = "audit"
