"""One section a page: its lines, its words, saved together, nothing lost on the way."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from reviews import actions, forms, policies, selectors
from reviews.choices import CHAPTERS, WRITTEN_LETTERS, Letter, ReviewTier
from reviews.delays import justice_delays
from reviews.kinds import BY_LETTER, Kind, add_typed, holds_lines, others_of, refuse
from reviews.models import Draft, Review, Section
from reviews.views import conflicts, drafts
from reviews.views.dissent import dissent_page
from reviews.views.pages import REVIEW, as_it_is_now, base_context, desk_context
from reviews.views.rows import take_over, warn
from reviews.views.signing import signing_page
from reviews.views.timeline import MOVES, move, writing_context
from reviews.views.why import why_context

# Kept from one entry to the next, because a log is typed agency by agency.
KEPT = ("acting", "source", "source_kind", "on_date")


# The button that saves and then copies a detail of the incident's record into the review.
TAKE = "take-"
# What earlier wordings say of a section.
WORDS = ("text", "tier", "scope", "participants", "language", "complete")


@dataclass
class Desk:
    """The section as somebody works on it."""

    request: Request
    review: Review
    letter: str
    section: Section = field(init=False)
    form: forms.SectionForm = field(init=False)
    row_form: forms.RowForm | None = None
    # The version that says what was typed, once it is stored.
    read_as: int = 0
    restored: list[drafts.Restored] = field(default_factory=list)
    waiting: list[drafts.Waiting] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.section = self.review.sections.get(letter=self.letter)
        self.form = self.section_form()
        if self.kind is not None and self.kind.inline:
            kept = {name: self.request.GET[name] for name in KEPT if name in self.request.GET}
            self.row_form = self.kind.form(review=self.review, initial=kept)

    @property
    def kind(self) -> Kind | None:
        """The kind of line that the section holds, if it holds any."""
        return BY_LETTER.get(self.letter)

    def section_form(self, data: Any = None) -> forms.SectionForm:
        """The words of the section as they are saved now, or as `data` says."""
        return words_form(self.review, self.section, data)

    @property
    def address(self) -> str:
        """Of the page."""
        return selectors.section_url(self.review, self.letter)

    def restore(self) -> None:
        """What this person typed here and never saved is in the form again, and is pointed out."""
        page = drafts.page_of(self.request.GET)
        kept = selectors.drafts_of(self.review, self.request.user, page=page)
        self.waiting = drafts.waiting(kept, self.review, self.letter)
        for draft in (each for each in kept if each.form == self.address):
            found = self.restored_from(draft, is_first=not self.restored)
            if found.says_something:
                self.restored.append(found)
            else:
                self.let_go(draft.page)

    def let_go(self, page: str) -> None:
        """What was typed on this page is saved."""
        actions.drop_draft(
            review_id=self.review.pk, form=self.address, page=page, by=self.request.user
        )

    def restored_from(self, draft: Draft, *, is_first: bool) -> drafts.Restored:
        """The draft beside what is saved; the first one fills the forms again."""
        data = drafts.as_sent(draft)
        found = drafts.Restored(draft.form, draft.page, draft.kept_at, is_first)
        if drafts.is_in(self.form, data):
            form = self.section_form()
            drafts.fill(form, data)
            found.differences = drafts.beside(form, self.section_form())
            self.form = form if is_first and found.differences else self.form
        added = drafts.is_added(self.kind, self.review, data)
        if self.row_form is not None and drafts.is_in(self.row_form, data) and not added:
            line = type(self.row_form)(review=self.review)
            drafts.fill(line, data)
            found.has_line = not line.is_blank
            if is_first and found.has_line:
                self.row_form = line
            elif found.has_line:
                found.differences += drafts.beside(line, type(line)(review=self.review))
        return found

    def bind(self) -> bool:
        """Read what was typed; whether all of it can be stored."""
        data = self.request.POST
        if conflicts.is_choice(data):
            self.form = self.section_form(conflicts.chosen(data, self.form))
            self.row_form = None
            return self.form.is_valid()
        self.form = self.section_form(data)
        sound = self.form.is_valid()
        if self.kind is not None and self.row_form is not None:
            typed = self.kind.form(data, review=self.review)
            if data.get("do") == "add" or not typed.is_blank:
                self.row_form = typed
                sound = typed.is_valid() and sound
        return sound

    def store(self) -> bool:
        """The line first, then the words: if the words conflict, the line is safe already."""
        by, at = self.request.user, timezone.now()
        typed = self.row_form
        if typed is not None and typed.is_bound and self.kind is not None:
            if not add_typed(self.kind, typed, self.review, by=by, at=at):
                return False
            warn(self.request, typed)
            self.row_form = None
        data = dict(self.form.cleaned_data)
        data.pop("complete")
        data["state"] = self.form.state(has_lines=holds_lines(self.letter, self.review))
        if self.letter == Letter.A:
            header = actions.save_header(review_id=self.review.pk, by=by, at=at, **data)
            self.read_as = header.read_as
        else:
            data["letter"] = self.letter
            section = actions.save_section(review_id=self.review.pk, by=by, at=at, **data)
            self.read_as = section.read_as
        return True

    def store_words(self) -> None:
        """The words only: a line is added when its writer says so."""
        self.row_form = None
        self.store()

    def onward(self) -> HttpResponse:
        """Where the button that was pressed leads."""
        do = self.request.POST.get("do", "")
        here = selectors.section_url(self.review, self.letter)
        if do == "add":
            sent = self.request.POST
            kept = {name: sent[f"row-{name}"] for name in KEPT if sent.get(f"row-{name}")}
            # The first field of the form: the browser puts the keyboard there.
            first = self.kind.first if self.kind else "add"
            return redirect(f"{here}{'?' + urlencode(kept) if kept else ''}#{first}")
        if do.startswith(MOVES):
            return move(self.request, self.review, do)
        if do == "page" and self.kind is not None:
            return redirect("reviews:row_add", self.review.pk, self.kind.slug)
        if do.startswith(TAKE) and do.removeprefix(TAKE).isdecimal():
            return take_over(self.request, self.review, int(do.removeprefix(TAKE)))
        if do == "next":
            following = Letter.values[Letter.values.index(self.letter) + 1]
            return redirect(selectors.section_url(self.review, following))
        return redirect(self.review if do == "leave" else here)

    def page(self, status: int = 200) -> HttpResponse:
        """The section's page."""
        following = Letter.values[Letter.values.index(self.letter) + 1]
        context = {
            **base_context(self.review, here=self.letter),
            "section": self.section,
            "form": self.form,
            "row_form": self.row_form,
            "kind": self.kind,
            "comments": selectors.comments_on(self.review, self.letter),
            "next_letter": following,
            "next_title": Letter(following).label,
            **self.lines(),
            **_beside_the_lines(self.review, self.letter),
            "lists": [(each, each.shown(self.review)) for each in others_of(self.letter)],
            **desk_context(self.request, self.review, self.letter, self.restored),
            "waiting": self.waiting,
        }
        return render(self.request, "reviews/section_edit.html", context, status=status)

    def lines(self) -> dict[str, Any]:
        """What the section holds already."""
        if self.letter == Letter.D:
            return writing_context(self.request, self.review)
        if self.letter == Letter.E:
            return why_context(self.review, self.request.user, self.request.GET.get("by", ""))
        if self.letter == Letter.A:
            return {"members": self.review.members.select_related("user__agency").order_by("id")}
        if self.letter == Letter.F:
            lines = selectors.lines_of(self.review)
            return {"rows": selectors.recommendations_of(lines)}
        if self.letter == Letter.H:
            return justice_context(self.request, self.review)
        held: dict[str, Any] = {}
        if self.letter == Letter.B:
            held["on_record"] = selectors.on_record(self.review, self.request.user)
        return held | ({"rows": self.kind.shown(self.review)} if self.kind else {})

    def conflict(self) -> HttpResponse:
        """Both versions, neither lost."""
        fresh = Desk(self.request, as_it_is_now(self.request, self.review), self.letter)
        seen = self.form.cleaned_data["version"]
        was = selectors.section_at(fresh.section, fresh.review, seen)
        base = words_form(was[1], was[0]) if was else None
        context = {
            **base_context(self.review, here=self.letter),
            "rows": conflicts.compare(self.form, fresh.form, base, WORDS),
            "theirs_by": fresh.section.edited_by.post if fresh.section.edited_by else "",
            "theirs_at": fresh.section.edited_at,
            "version": fresh.form.initial["version"],
            "page": drafts.page_of(self.request.POST),
            "action": selectors.section_url(self.review, self.letter),
            "back": selectors.section_url(self.review, self.letter),
        }
        return render(self.request, "reviews/conflict.html", context, status=409)


def words_form(review: Review, section: Section, data: Any = None) -> forms.SectionForm:
    """Section A asks for more than words."""
    if section.letter == Letter.A:
        return forms.HeaderForm(data, review=review, section=section)
    return forms.SectionForm(data, section=section)


def _beside_the_lines(review: Review, letter: str) -> dict[str, Any]:
    """What a hot debrief said before the review grew, and the chapters of a major one."""
    has_chapters = review.tier == ReviewTier.T3 and letter in CHAPTERS
    chapters = selectors.chapters_by_section(review) if has_chapters else {}
    return {
        "debrief": selectors.hot_row(review) if letter in drafts.HOT_LETTERS else None,
        "has_chapters": has_chapters,
        "chapters": chapters.get(letter, []),
    }


def justice_context(request: Request, review: Review) -> dict[str, Any]:
    """Section H: the delays, and what the record of the incident holds of the case."""
    steps = list(review.justice.all())
    return {
        "delays": justice_delays(review.incident.on_date, steps),
        "held": selectors.held_of(review, request.user, steps),
    }


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def section_edit(request: Request, review: Review, letter: str) -> HttpResponse:
    """Write a section; who may only read is led to the passage."""
    if letter == Letter.I:
        return dissent_page(request, review)
    if letter == Letter.J:
        return signing_page(request, review)
    if letter not in WRITTEN_LETTERS:
        raise Http404
    if not policies.is_on_team(request.user, review):
        return redirect(f"{reverse('reviews:review_read', args=[review.pk])}#{letter}")
    desk = Desk(request, review, letter)
    if request.method == "POST":
        return _save(desk)
    if not policies.can_write(request.user, review):
        return redirect(f"{reverse('reviews:review_read', args=[review.pk])}#{letter}")
    desk.restore()
    return desk.page()


def _save(desk: Desk) -> HttpResponse:
    if not desk.bind():
        return desk.page(status=422)
    try:
        stored = desk.store()
    except StaleEdit:
        return desk.conflict()
    except RuleBroken as refusal:
        refuse(desk.form, refusal)
        return desk.page(status=422)
    if not stored:
        return desk.page(status=422)
    desk.let_go(drafts.page_of(desk.request.POST))
    return desk.onward()
