"""One section a page: its lines, its words, saved together, nothing lost on the way."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from reviews import actions, forms, policies, rendering, selectors
from reviews.choices import WRITTEN_LETTERS, Letter
from reviews.models import Review, Section
from reviews.views import conflicts
from reviews.views.kinds import BY_LETTER, Kind, add_typed, others_of, refuse
from reviews.views.pages import REVIEW, as_it_is_now, base_context
from reviews.views.signing import dissent_page, signing_page

# Kept from one entry to the next, because a log is typed agency by agency.
KEPT = ("acting", "source")


@dataclass
class Desk:
    """The section as somebody works on it."""

    request: Request
    review: Review
    letter: str
    section: Section = field(init=False)
    form: forms.SectionForm = field(init=False)
    row_form: forms.RowForm | None = None

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
        """Section A asks for more than words."""
        if self.letter == Letter.A:
            return forms.HeaderForm(data, review=self.review, section=self.section)
        return forms.SectionForm(data, section=self.section)

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
            self.row_form = None
        data = dict(self.form.cleaned_data)
        data.pop("complete")
        has_lines = self.kind is not None and self.kind.rows(self.review).exists()
        data["state"] = self.form.state(has_lines=has_lines)
        if self.letter == Letter.A:
            actions.save_header(review_id=self.review.pk, by=by, at=at, **data)
        else:
            data["letter"] = self.letter
            actions.save_section(review_id=self.review.pk, by=by, at=at, **data)
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
            return redirect(f"{here}{'?' + urlencode(kept) if kept else ''}#add")
        if do == "page" and self.kind is not None:
            return redirect("reviews:row_add", self.review.pk, self.kind.slug)
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
            "next_letter": following,
            "next_title": Letter(following).label,
            **self.lines(),
            "lists": [(each, each.rows(self.review)) for each in others_of(self.letter)],
        }
        return render(self.request, "reviews/section_edit.html", context, status=status)

    def lines(self) -> dict[str, Any]:
        """What the section holds already."""
        if self.letter == Letter.D:
            return timeline_context(self.review)
        if self.letter == Letter.A:
            return {"members": self.review.members.select_related("user__agency").order_by("id")}
        return {"rows": self.kind.rows(self.review)} if self.kind else {}

    def conflict(self) -> HttpResponse:
        """Both versions, neither lost."""
        fresh = Desk(self.request, as_it_is_now(self.request, self.review), self.letter)
        context = {
            **base_context(self.review, here=self.letter),
            "rows": conflicts.compare(self.form, fresh.form),
            "theirs_by": fresh.section.edited_by.post if fresh.section.edited_by else "",
            "theirs_at": fresh.section.edited_at,
            "version": fresh.form.initial["version"],
            "action": selectors.section_url(self.review, self.letter),
            "back": selectors.section_url(self.review, self.letter),
        }
        return render(self.request, "reviews/conflict.html", context, status=409)


def timeline_context(review: Review) -> dict[str, Any]:
    """Section D: entries, lanes, hand-offs."""
    timeline = selectors.with_links(selectors.timeline_of(review), review)
    lanes = timeline.lanes
    return {
        "timeline": timeline,
        "lead": selectors.timeline_sentence(timeline),
        "lanes_svg": rendering.swim_lanes(lanes) if lanes else "",
        "hand_offs": [(each, rendering.minutes_text(each)) for each in lanes.hand_offs]
        if lanes
        else [],
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
    return desk.page()


@require_POST
@shows(Review, **REVIEW)
def section_autosave(request: Request, review: Review, letter: str) -> HttpResponse:
    """Keep the words while they are typed; what cannot be kept stays on the page."""
    if letter not in WRITTEN_LETTERS or not policies.can_write(request.user, review):
        raise Http404
    desk = Desk(request, review, letter)
    desk.form = desk.section_form(request.POST)
    kept_apart = False
    if desk.form.is_valid():
        try:
            desk.store_words()
        except StaleEdit:
            kept_apart = True
        else:
            desk = Desk(request, as_it_is_now(request, review), letter)
    context = {"section": desk.section, "form": desk.form, "kept_apart": kept_apart}
    return render(request, "reviews/section_edit.html#saved", context)


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
    return desk.onward() if stored else desk.page(status=422)
