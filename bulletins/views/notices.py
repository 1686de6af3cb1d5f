"""What a person was told, what they want by e-mail, and the overdue of what their agency sent."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from agencies.http import Request
from agencies.page_marking import highest_of, marking_of
from bulletins import policies
from bulletins.actions.notices import choose_notices, stop_mail
from bulletins.choices import SPOKEN_CHOICES, Language, NoticeKind
from bulletins.models import Notice, NoticeChoice
from bulletins.noticing.messages import stopped_by
from bulletins.selectors import notices as selectors
from bulletins.selectors.overdue import overdue_of
from bulletins.views.bulletins import paged_address
from bulletins.views.posting import posted
from core.forms import Form
from core.keyset import BadCursor
from core.policy import asks, lists, public, signed_in


class NoticeChoiceForm(Form):
    """What one wants by e-mail."""

    by_mail = forms.MultipleChoiceField(
        label=_("Tell me by e-mail when"),
        choices=NoticeKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whatever you choose, each notice stands in your list."),
    )
    language = forms.ChoiceField(
        label=_("Language of the e-mails"), choices=SPOKEN_CHOICES, widget=forms.RadioSelect
    )


@require_safe
@lists(Notice)
def notice_list(request: Request) -> HttpResponse:
    """What the person was told, newest first."""
    try:
        page = selectors.notice_page(request.user, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "page": page,
        "readable": selectors.readable_of(request.user, page.rows),
        "marking": highest_of([(each.tlp, each.classification, ()) for each in page.rows]),
        "newer": paged_address(page.newer),
        "older": paged_address(page.older),
        "may_see_overdue": policies.can_see_overdue(request.user),
    }
    return render(request, "bulletins/notice_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notice_choose(request: Request) -> HttpResponse:
    """What the person wants by e-mail, and in which language."""
    now = NoticeChoice.objects.filter(person=request.user).first()
    initial = {
        "by_mail": now.by_mail if now else NoticeKind.values,
        "language": now.language if now else Language.ENGLISH,
    }
    form = NoticeChoiceForm(posted(request), initial=initial)
    if form.is_valid():
        choose_notices(by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _now("Your choice is kept."))
        return redirect("bulletins:notice_list")
    status = 422 if form.errors else 200
    return render(request, "bulletins/notice_choose.html", {"form": form}, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End one kind of e-mail. Opening the page ends nothing: programs open links unasked.

    Mail programs post here by themselves (RFC 8058), so no token of ours comes along; the signed
    word in the address is the proof, and all it can do is to end e-mails.
    """
    found = stopped_by(token)
    if found is None:
        raise Http404
    person, kinds = found
    if request.method == "POST":
        stop_mail(person_id=person, kinds=kinds, at=timezone.now())
    labels = [NoticeKind(each).label for each in kinds]
    context = {"stopped": request.method == "POST", "kinds": labels}
    response = render(request, "bulletins/notice_stop.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@asks(policies.can_see_overdue, hides=True)
def overdue_list(request: Request) -> HttpResponse:
    """What other agencies owe for what one's agency sent, by agency, the worst first."""
    rows = overdue_of(request.user, timezone.now())
    bulletins = [each.bulletin for row in rows for each in (*row.words, *row.deeds)]
    context = {"rows": rows, "marking": marking_of(bulletins)}
    return render(request, "bulletins/overdue_list.html", context)
