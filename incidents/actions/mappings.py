"""Lists whose columns are known: forgotten when asked."""

from datetime import datetime

from django.core.exceptions import PermissionDenied

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from incidents import policies
from incidents.models import ColumnMapping


@deed
def forget_mapping(*, mapping_id: int, by: User, at: datetime) -> ColumnMapping:
    """Offer it for no further file. What was loaded by it stays."""
    kept = ColumnMapping.objects.visible_to(by).select_for_update(of=("self",)).get(pk=mapping_id)
    if not policies.can_forget_mapping(by, kept):
        raise PermissionDenied
    if kept.forgotten_at is None:
        kept.forgotten_at, kept.forgotten_by = at, by
        kept.save(update_fields=["forgotten_at", "forgotten_by"])
        record(Verb.MAPPING_FORGOTTEN, by=by, target=kept, at=at, name=kept.name)
    return kept
