"""The e-mail of a notice: a link, number and marking; never a word of a closed bulletin.

Text first, then HTML. Threading as RFC 5322 (3.6.4) has it: every notice of one bulletin answers
the one before it, and all refer to one root that stands for the bulletin. Unsubscribing by one
click as RFC 8058 has it. `Auto-Submitted` (RFC 3834) keeps machines from answering.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from bulletins.choices import NoticeKind
from bulletins.models import Notice

SALT = "bulletins.notices.stop"
# What one click ends: reminders and what follows them are one list.
LISTS: dict[str, tuple[str, ...]] = {
    "released": (NoticeKind.RELEASED,),
    "reminders": (NoticeKind.REMINDED, NoticeKind.ESCALATED),
    "recalled": (NoticeKind.RECALLED,),
}


def message_of(notice: Notice, language: str, earlier: list[Notice]) -> EmailMultiAlternatives:
    """The e-mail, in the person's language; `earlier` is what they got of the same bulletin."""
    with override(language):
        context = _context(notice, language)
        text = render_to_string("bulletins/mail/notice.txt", context)
        page = render_to_string("bulletins/mail/notice.html", context)
    subject = f"{notice.reference} · {notice.marking_line}"
    if notice.title:
        subject = f"{subject} · {notice.title}"
    message = EmailMultiAlternatives(
        subject=f"Re: {subject}" if earlier else subject,
        body=text,
        to=[notice.person.email],
        headers=_headers(notice, language, earlier),
    )
    message.attach_alternative(page, "text/html")
    return message


def stop_word(notice: Notice) -> str:
    """What the link that ends this kind of e-mail carries: whose, which, and our signature."""
    kind = next(name for name, kinds in LISTS.items() if notice.kind in kinds)
    return Signer(salt=SALT, sep=".").sign(f"{notice.person_id}.{kind}")


def stopped_by(word: str) -> tuple[int, tuple[str, ...]] | None:
    """Whose e-mails of which kinds a link ends; None where we did not make it."""
    try:
        person, kind = Signer(salt=SALT, sep=".").unsign(word).split(".")
        return int(person), LISTS[kind]
    except (BadSignature, ValueError, KeyError):
        return None


def _headers(notice: Notice, language: str, earlier: list[Notice]) -> dict[str, str]:
    host = _host()
    root = salted_hmac(SALT, notice.reference).hexdigest()[:32]
    line = [f"<bulletin.{root}@{host}>", *(_message_id(each) for each in earlier[-10:])]
    headers = {
        "Message-ID": _message_id(notice),
        "References": " ".join(line),
        "In-Reply-To": line[-1],
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "List-Id": f"<bulletins.{host}>",
        "Content-Language": language,
    }
    if settings.PUBLIC_ADDRESS:
        headers["List-Unsubscribe"] = f"<{_address('notices:stop', stop_word(notice))}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _context(notice: Notice, language: str) -> dict[str, object]:
    known = bool(settings.PUBLIC_ADDRESS)
    return {
        "notice": notice,
        "language": language,
        "direction": "rtl" if language == "ur" else "ltr",
        "kinds": NoticeKind,
        # Free words of people: only where the bulletin itself is open.
        "reason": notice.reason if notice.title else "",
        "link": _address("bulletins:bulletin_detail", notice.bulletin_id) if known else "",
        "list": _address("bulletins:notice_list") if known else "",
        "stop": _address("notices:stop", stop_word(notice)) if known else "",
    }


def _message_id(notice: Notice) -> str:
    return f"<notice.{notice.token}@{_host()}>"


def _host() -> str:
    """The name that our e-mails go by: the deployment's, else that of the sender's address."""
    name = urlsplit(settings.PUBLIC_ADDRESS).hostname
    return name or settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"


def _address(name: str, *given: object) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=given)}"
