"""How the markings of several records on one page make one: this room knows the scales."""

from agencies.page_marking import highest_of
from core.panels import join_marks_by

join_marks_by(highest_of)
