"""The form that needs no network: fetched as one file, filled anywhere, handed in once."""

import uuid
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.choices import TLP, Classification
from agencies.http import Request, note_opened, shows
from core.errors import RuleBroken, StaleEdit
from core.policy import asks, refuse_unless
from incidents.models import Incident
from reviews import actions, forms, offline, policies, rules, selectors
from reviews.choices import ReviewTier
from reviews.hot import Debrief
from reviews.kinds import refuse
from reviews.models import OfflineFiling, Review
from reviews.views.hot import TICKET_SALT, debrief_conflict, ticket_of


@require_safe
@asks(policies.can_open)
def offline_form(request: Request) -> HttpResponse:
    """The form for an incident that may not be on the register yet."""
    return _file(request, None)


@require_safe
@shows(Incident, by="incident_pk", fetch=("area",))
def offline_form_of(request: Request, incident: Incident) -> HttpResponse:
    """The form for one incident."""
    refuse_unless(policies.can_open(request.user))
    return _file(request, incident)


def _file(request: Request, incident: Incident | None) -> HttpResponse:
    """One file, never kept by a cache: it names a post."""
    shown = None if incident is None or is_withheld(incident) else incident
    held = selectors.blank_debrief(shown) if shown else Debrief()
    context: dict[str, Any] = {
        "form": forms.HotForm(held=held, auto_id="%s"),
        "incident": shown,
        "reference": incident.reference if incident else "",
        "words": _words(),
        "post": request.user.post,
        "issued": timezone.now(),
    }
    around = render_to_string("reviews/offline/file.html", context, request=None)
    blank = offline.Blank(
        number=uuid.uuid4(),
        person=request.user.pk,
        post=" ".join(request.user.post.split()),
        issued=context["issued"],
        incident=incident.pk if incident else None,
        reference=context["reference"],
        page=sha256(around.encode()).hexdigest(),
    )
    header = blank.header()
    context["head"] = {"header": header, **offline.sign(header)}
    page = render_to_string("reviews/offline/file.html", context, request=None)
    response = HttpResponse(page, content_type="text/html; charset=utf-8")
    stem = context["reference"] or "blank"
    response["Content-Disposition"] = f'attachment; filename="debrief-{stem}.html"'
    response["Cache-Control"] = "no-store, private"
    return response


def _words() -> dict[str, Any]:
    """What the script of the file says, in the language of the page that was asked."""
    return {
        "rounds": offline.ROUNDS,
        "say": _("Say what it was like or what you did: one of the two is enough."),
        "finding": _("Give at least one finding, or say that there is no finding."),
        "both": _("There is a finding, and it is said that there is none: choose one of the two."),
        "ahead": str(rules.DAY_IS_AHEAD),
        "day": _("Give the day of this time."),
        "clock": _("Type the time as 1713, 17:13, c1713 or 1710-1720, or leave it empty."),
        "asked": _("Say what is to be done."),
        "owner": str(rules.OWNER_IS_NOBODY),
        "due": _("Give the day by which it is to be done."),
        "short": _("Type a passphrase of ten characters or more."),
        "nocrypto": _("This browser cannot lock a file. Open the form in another one."),
        "working": _("Locking the file."),
        "saved": _("Saved. Hand the file in when there is a line."),
        "unfinished": _("Saved as far as it is. What is still to be said stands above."),
        "other": _("That file belongs to another blank. Hand it in as it is."),
        "locked": _("The file is locked. Type the passphrase that it was saved with."),
        "loaded": _("Your words are back. Go on."),
        "unread": _("It cannot be opened: another passphrase, or another file."),
        "kept": _("A locked copy is kept on this device."),
        "dropped": _("Nothing is kept on this device."),
        "full": _("This device keeps nothing. Save the file instead."),
    }


def is_withheld(incident: Incident) -> bool:
    """Whether a file that leaves the product may say no more of the incident than its reference."""
    level = Classification(incident.classification).rank
    return level >= Classification.CONFIDENTIAL.rank or incident.tlp == TLP.RED


@dataclass
class Counter:
    """Where a file is handed in: what it says, for which incident, and what is wrong."""

    request: Request
    ticket: dict[str, Any]
    form: forms.HotForm
    incident_form: forms.IncidentForm | None
    open_form: forms.OpenForm | None = None
    incident: Incident | None = None
    review: Review | None = None

    @property
    def is_sound(self) -> bool:
        """Whether all of it can be filed as it stands."""
        parts = (self.form, self.incident_form, self.open_form)
        return all(each is None or each.is_valid() for each in parts)

    def page(self, status: int = 200) -> HttpResponse:
        """What will be filed, to be read through and put right."""
        context = {
            "form": self.form,
            "incident_form": self.incident_form,
            "told": {name: self.form.data.get(name, "") for name in ("what", "place")},
            "open_form": self.open_form,
            "incident": self.incident,
            "review": self.review,
            "marking": self.review or self.incident,
            "ticket": signing.dumps(self.ticket, salt=TICKET_SALT),
        }
        return render(self.request, "reviews/offline_check.html", context, status=status)


@require_http_methods(["GET", "POST"])
@asks(policies.can_open)
def offline_upload(request: Request) -> HttpResponse:
    """Hand in a file, read what will be filed, file it."""
    if request.method == "POST" and "ticket" in request.POST:
        return _file_it(request)
    form = forms.FileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_valid():
        return _upload_page(request, form)
    try:
        raw = form.cleaned_data["file"].read(offline.MOST_BYTES + 1)
        filled = offline.read(raw, form.cleaned_data["passphrase"], person=request.user.pk)
    except offline.NotFiled as refusal:
        refuse(form, refusal)
        return _upload_page(request, form)
    ticket = {
        "blank": str(filled.blank.number),
        "incident": filled.blank.incident,
        "sha256": filled.sha256,
        "person": request.user.pk,
    }
    counter = _counter(request, ticket, filled.answers, is_new=True)
    if counter is None:
        form.add_error("file", _("The incident of this file is not there for you."))
        return _upload_page(request, form)
    done = _filed_before(counter)
    return done or counter.page()


def _upload_page(request: Request, form: forms.FileForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "reviews/offline_upload.html", {"form": form}, status=status)


def _refused(request: Request, sentence: str) -> HttpResponse:
    """Back at the beginning, with the reason."""
    form = forms.FileForm({}, {})
    form.errors.clear()
    form.add_error(None, sentence)
    return _upload_page(request, form)


def _file_it(request: Request) -> HttpResponse:
    """The second step: the page that was read through comes back with its ticket."""
    ticket = ticket_of(request)
    if not ticket:
        return _refused(request, _("This page was open too long. Choose the file again."))
    counter = _counter(request, ticket, request.POST, is_new=False)
    if counter is None:
        return _refused(request, _("The incident of this file is not there for you."))
    done = _filed_before(counter)
    if done is not None:
        return done
    if counter.incident is None or not counter.is_sound:
        return counter.page(status=422)
    return _filed(counter, counter.incident)


def _counter(
    request: Request, ticket: dict[str, Any], data: Any, *, is_new: bool
) -> Counter | None:
    """What was handed in, bound to its incident; None where that is not there for this person."""
    incident_form, incident = None, None
    visible = Incident.objects.visible_to(request.user).select_related("area")
    if ticket["incident"] is not None:
        incident = visible.filter(pk=ticket["incident"]).first()
        if incident is None:
            return None
    else:
        incident_form = forms.IncidentForm(data, user=request.user)
        if incident_form.is_valid():
            incident = incident_form.cleaned_data["reference"]
    if incident is None:
        return Counter(request, ticket, forms.HotForm(data, held=Debrief()), incident_form)
    note_opened(request, incident)
    review = _own_review(request, incident)
    held = selectors.debrief_of(review) if review else Debrief()
    open_form = None if review else _open_form(request, incident, None if is_new else data)
    form = forms.HotForm(data, held=held)
    return Counter(request, ticket, form, incident_form, open_form, incident, review)


def _own_review(request: Request, incident: Incident) -> Review | None:
    """The review of this person's agency, where they may see it."""
    rows = Review.objects.visible_to(request.user).select_related("incident")
    return rows.filter(incident=incident, agency_id=request.user.agency_id).first()


def _open_form(request: Request, incident: Incident, data: QueryDict | None) -> forms.OpenForm:
    """How far the review may go, where the file begins it; the tier is the file's."""
    sent = None
    if data is not None and "tlp" in data:
        sent = data.copy()
        sent["tier"] = ReviewTier.T1.value
    return forms.OpenForm(sent, incident=incident, user=request.user, tier=ReviewTier.T1)


def _filed_before(counter: Counter) -> HttpResponse | None:
    """The same file is in the review already: shown, and nothing is done twice."""
    review, sha = counter.review, counter.ticket["sha256"]
    if review is None or not OfflineFiling.objects.filter(review=review, sha256=sha).exists():
        return None
    messages.info(counter.request, _("This file is in the review already. Nothing was added."))
    return redirect(review)


def _filed(counter: Counter, incident: Incident) -> HttpResponse:
    """File it; what cannot be filed comes back as it was typed."""
    review = counter.review
    marking = (
        counter.open_form.cleaned_data if counter.open_form else _marking_of(review or incident)
    )
    try:
        review = actions.file_debrief(
            incident_id=incident.pk,
            typed=counter.form.debrief(),
            blank=uuid.UUID(counter.ticket["blank"]),
            sha256=counter.ticket["sha256"],
            by=counter.request.user,
            at=timezone.now(),
            **{name: marking[name] for name in ("tlp", "classification", "caveats")},
        )
    except StaleEdit:
        # Opened by a colleague since the page was made, it is fetched anew.
        review = review or _own_review(counter.request, incident)
        if review is None:
            raise
        ticket = signing.dumps(counter.ticket, salt=TICKET_SALT)
        return debrief_conflict(counter.request, review, counter.form, ticket=ticket)
    except RuleBroken as refusal:
        refuse(counter.form, refusal)
        return counter.page(status=422)
    messages.success(counter.request, _("Filed. It stands in the draft as you wrote it."))
    return redirect(review)


def _marking_of(record: Review | Incident) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("tlp", "classification", "caveats")}
