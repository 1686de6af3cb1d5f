"""Reference data in the admin: the only thing the admin may change, and it is recorded."""

from typing import Any, TypeVar

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from agencies.models import User
from audit.choices import Verb
from audit.record import record

Row = TypeVar("Row", bound=models.Model)


class ReferenceAdmin(admin.ModelAdmin[Row]):
    """Lists that the field itself edits. Nothing is deleted: rows are switched off."""

    def has_delete_permission(self, request: HttpRequest, obj: Row | None = None) -> bool:  # noqa: ARG002
        return False

    def save_model(self, request: HttpRequest, obj: Row, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            by = request.user if isinstance(request.user, User) else None
            record(
                Verb.REFERENCE_CHANGED,
                by=by,
                target=obj,
                fields=sorted(form.changed_data),
                new=not change,
            )
