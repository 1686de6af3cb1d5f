"""Wires the rooms together; decides nothing."""

from aar.celery import app as celery_app

__all__ = ["celery_app"]
