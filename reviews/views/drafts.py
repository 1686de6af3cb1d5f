"""A form as its writer left it: filled again with what was typed, beside what is saved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.forms import BaseForm
from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from reviews.choices import Letter
from reviews.kinds import KINDS, Kind
from reviews.merging import Piece, differences
from reviews.models import Draft, Review
from reviews.views import conflicts

# Where the words of a hot debrief stand once the review has grown.
HOT_LETTERS = (Letter.D, Letter.E, Letter.F)
# Never part of what was typed.
OURS = ("csrfmiddlewaretoken", "do", "form", "page", "recovered")
# Pages of one line.
LINE_PAGES = (
    *("row_add", "row_change", "account_add"),
    *("finding_body_add", "finding_cause_add", "finding_file_add"),
)
# What a form is known by in what was typed: the version it was read at, the key of a new line.
KNOWN_BY = ("version", "key")


@dataclass(frozen=True)
class Difference:
    """One answer as it was typed, beside the one that is saved."""

    label: str
    saved: str
    typed: str
    pieces: list[Piece]


@dataclass
class Restored:
    """What was typed and not saved. `is_first`: the form holds it again; else it is shown only."""

    form: str
    page: str
    kept_at: datetime
    is_first: bool
    differences: list[Difference] = field(default_factory=list)
    has_line: bool = False

    @property
    def says_something(self) -> bool:
        """Anything that is not saved already."""
        return self.has_line or bool(self.differences)


@dataclass(frozen=True)
class Waiting:
    """A form of another page that waits for its writer."""

    title: str
    url: str
    kept_at: datetime


def page_of(data: QueryDict) -> str:
    """Which window of the form it is; blank where no script has asked."""
    return data.get("page", "")[:36]


def typed_in(post: QueryDict) -> list[tuple[str, str]]:
    """What a form brought, in order."""
    return [
        (name, str(value)) for name, values in post.lists() if name not in OURS for value in values
    ]


def as_sent(draft: Draft) -> QueryDict:
    """The form as a browser would send it."""
    data = QueryDict(mutable=True)
    for name, value in draft.fields:
        data.appendlist(name, value)
    return data


def is_in(form: BaseForm, data: QueryDict) -> bool:
    """Whether what was typed holds this form at all."""
    return any(form.add_prefix(name) in data for name in KNOWN_BY if name in form.fields)


def fill(form: BaseForm, data: QueryDict) -> None:
    """Put what was typed into a form that has not been sent."""
    for name, each in form.fields.items():
        sent = form.add_prefix(name)
        if not each.widget.value_omitted_from_data(data, {}, sent):
            form.initial[name] = each.widget.value_from_datadict(data, {}, sent)


def beside(typed: BaseForm, saved: BaseForm) -> list[Difference]:
    """Where what was typed is not what is saved."""
    found = []
    for row in conflicts.compare(typed, saved):
        if row.differs:
            before, after = row.theirs_shown, row.yours_shown
            found.append(Difference(row.label, before, after, differences(before, after)))
    return found


def is_added(kind: Kind | None, review: Review, data: QueryDict) -> bool:
    """Whether the line that was typed stands in the review: it was added after it was kept."""
    key = data.get("row-key")
    return bool(kind and key) and kind.rows(review).filter(key=key).exists()  # type: ignore[union-attr]


def kind_of_page(form: str, review: Review) -> tuple[Kind, str] | None:
    """The kind of line that an address of this review is the page of, and what the page does."""
    try:
        match = resolve(form)
    except Resolver404:
        return None
    if match.app_name != "reviews" or match.url_name not in LINE_PAGES:
        return None
    if match.kwargs["pk"] != review.pk:
        return None
    kind = KINDS.get(match.kwargs.get("slug", "accounts"))
    return (kind, str(match.url_name)) if kind else None


def waiting(drafts: Iterable[Draft], review: Review, letter: str) -> list[Waiting]:
    """What waits half typed on pages of its own: lines of a section, and, where its words have
    their place, the one page of a hot debrief."""
    found: dict[str, Waiting] = {}
    one_page = reverse("reviews:debrief_edit", args=[review.pk])
    for draft in drafts:
        if draft.form == one_page and letter in HOT_LETTERS:
            found.setdefault(one_page, Waiting(_("Hot debrief"), one_page, draft.kept_at))
        page = kind_of_page(draft.form, review)
        if page is None or page[0].letter != letter or is_added(page[0], review, as_sent(draft)):
            continue
        kind, name = page
        title = kind.changing if name == "row_change" else kind.adding
        found.setdefault(draft.form, Waiting(str(title), draft.form, draft.kept_at))
    return list(found.values())
