"""Reference data of this room: agencies. People and sharing groups have pages of their own."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from agencies.models import Agency
from agencies.reference import ReferenceAdmin
from places.models import Area

# Rights are policies of the rooms; Django's groups grant nothing here.
admin.site.unregister(Group)
# Factors, sessions and identities are their owners' affair: an admin page would bypass the record.
for _model in list(admin.site._registry):
    if _model.__module__.startswith("allauth."):
        admin.site.unregister(_model)


@admin.register(Agency)
class AgencyAdmin(ReferenceAdmin):
    """Agencies, by code."""

    list_display = ("code", "name", "name_ur", "tier", "kind", "province", "is_active")
    list_filter = ("tier", "kind", "is_active")
    search_fields = ("code", "name", "name_ur")
    list_select_related = ("province",)
    fields = ("code", "name", "name_ur", "tier", "kind", "province", "is_active")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only provinces can be an agency's province."""
        if db_field.name == "province":
            kwargs["queryset"] = Area.objects.provinces()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
