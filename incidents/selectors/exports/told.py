"""What an export tells of each incident, and of the file as a whole."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from incidents.choices import AttackType, TargetType
from incidents.loading.formats import BY_SCHEME
from incidents.selectors import index
from incidents.selectors.filters import Filters
from incidents.selectors.wording import KilledRange

AT_ONCE = 2_000
COLUMNS = (
    *("reference", "on_date", "until_date", "at_time", "precision", "title", "title_ur"),
    *("province__name", "area__name", "area__code", "place_text", "latitude", "longitude"),
    *("place_precision", "attack_type", "suicide", "target_type", "target_text", "group_named"),
    *("occasion", "killed", "agency__code", "tlp", "classification", "caveats", "origin"),
)
NAMES = (
    *("reference", "date", "until", "time", "precision", "title", "title_ur"),
    *("province", "area", "area_code", "place", "latitude", "longitude"),
    *("place_precision", "attack_type", "suicide", "target_type", "target", "group_named"),
    *("occasion", "killed", "agency", "tlp", "classification", "caveats", "credit"),
)
KINDS = {each.value: each.name.lower() for each in AttackType}
TARGETS = {each.value: each.name.lower() for each in TargetType}


class Told:
    """What has been written so far: how many rows, and how the whole is marked."""

    def __init__(self) -> None:
        self.count = 0
        self.marks: set[tuple[str, str, tuple[str, ...]]] = set()

    def rows(
        self, user: User, filters: Filters, *more: str
    ) -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
        """Each row, counted before it is given, and beside it the further columns asked for."""
        visible = index.matching(user, filters).annotate(killed=KilledRange(F("id")))
        found = visible.order_by("-sort_date", "-id")
        for values in found.values_list(*COLUMNS, *more).iterator(chunk_size=AT_ONCE):
            row = dict(zip(NAMES, values, strict=False))
            row["attack_type"] = KINDS[row["attack_type"]]
            row["target_type"] = TARGETS[row["target_type"]]
            row["credit"] = credit(row["credit"])
            self.count += 1
            self.marks.add((row["tlp"], row["classification"], tuple(row["caveats"])))
            yield row, values[len(NAMES) :]

    @property
    def marking(self) -> PageMarking | None:
        """The highest of all rows."""
        return highest_of(sorted(self.marks))


def credit(origin: str) -> str:
    """Whom to credit for a record of a data set."""
    known = BY_SCHEME.get(origin.partition(":")[0])
    return known.credit if known else ""


def name_of_file(stem: str, marking: PageMarking | None, form: str) -> str:
    """A name that says how the file is marked."""
    marks = [stem]
    if marking is not None:
        marks += [marking.classification, f"TLP-{marking.tlp}"]
    return f"{'-'.join(marks)}.{form}"
