from incidents.views.adding import incident_add
from incidents.views.incidents import (
    incident_change,
    incident_detail,
    incident_list,
    incident_record,
    tehsil_choices,
)

__all__ = [
    "incident_add",
    "incident_change",
    "incident_detail",
    "incident_list",
    "incident_record",
    "tehsil_choices",
]
