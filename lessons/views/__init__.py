from lessons.views.changing import lesson_change, lesson_merge
from lessons.views.deciding import lesson_endorse, lesson_identify, lesson_reject
from lessons.views.drawing import lesson_draw
from lessons.views.reading import lesson_detail, lesson_list, lesson_search

__all__ = [
    "lesson_change",
    "lesson_detail",
    "lesson_draw",
    "lesson_endorse",
    "lesson_identify",
    "lesson_list",
    "lesson_merge",
    "lesson_reject",
    "lesson_search",
]
