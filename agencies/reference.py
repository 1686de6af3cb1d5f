"""Reference data in the admin: the only thing the admin may change, and it is recorded."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from agencies.models import User
from audit.choices import Verb
from audit.record import record

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


class ReferenceAdmin(ModelAdmin):
    """Lists that the field itself edits. Nothing is deleted: rows are switched off."""

    def has_delete_permission(
        self,
        request: HttpRequest,  # noqa: ARG002 - Django's signature
        obj: models.Model | None = None,  # noqa: ARG002
    ) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save and record who changed what."""
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
