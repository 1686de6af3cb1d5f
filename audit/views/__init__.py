from audit.views.events import event_list
from audit.views.exports import event_csv, event_lines
from audit.views.life import record_life
from audit.views.seals import seal_list

__all__ = ["event_csv", "event_lines", "event_list", "record_life", "seal_list"]
