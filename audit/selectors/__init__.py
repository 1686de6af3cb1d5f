from audit.selectors.deeds import (
    KEY,
    Deed,
    as_deeds,
    deed_page,
    events_in_remit,
    everything_in_remit,
)
from audit.selectors.filters import Filters, read_filters
from audit.selectors.life import Life, life_page

__all__ = [
    "KEY",
    "Deed",
    "Filters",
    "Life",
    "as_deeds",
    "deed_page",
    "events_in_remit",
    "everything_in_remit",
    "life_page",
    "read_filters",
]
