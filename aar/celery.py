"""The Celery application: tasks of every app, JSON only, settings from Django."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aar.settings")

app = Celery("aar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["bulletins.exporting", "bulletins.noticing"])
