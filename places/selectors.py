"""Areas as a form offers them."""

from django.utils.translation import gettext as _

from places.choices import Level
from places.models import Area

AreaChoices = list[tuple[str, list[tuple[int, str]]]]


def area_choices() -> AreaChoices:
    """Provinces, each with its districts."""
    areas = list(
        Area.objects.current()
        .filter(level__in=[Level.PROVINCE, Level.DISTRICT])
        .defer("shape")
        .order_by("name")
    )
    provinces = [area for area in areas if area.level == Level.PROVINCE]
    return [
        (
            province.label,
            [(province.pk, _("All of %(province)s") % {"province": province.label})]
            + [(area.pk, area.label) for area in areas if area.province_id == province.pk],
        )
        for province in provinces
    ]
