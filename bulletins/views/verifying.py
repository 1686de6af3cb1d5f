"""The public page that says whether a file, or a printed number and hash, is genuine."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from cryptography import x509
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from agencies.choices import TryKind
from agencies.signing.addresses import address_of, network_of
from agencies.signing.throttle import Gate, HeldBack, forgive, take
from bulletins.inputs import Examined
from bulletins.rendering import certificates
from bulletins.selectors.verifying import Finding, Verdict, finding_of_code, finding_of_file
from core.forms import KitMixin
from core.policy import public

# What is printed of a hash beside the QR code.
SHORT = 16


class VerifyForm(KitMixin, forms.Form):
    """A file, or what is printed on it."""

    file = forms.FileField(
        label=_("The PDF"),
        required=False,
        help_text=_("It is read here and not kept."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    digits = forms.CharField(
        label=_("The first 16 digits of its hash, or all"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def clean_file(self) -> UploadedFile | None:  # type: ignore[type-arg]
        """Within the size that is read."""
        file: UploadedFile | None = self.cleaned_data.get("file")  # type: ignore[type-arg]
        most = settings.UPLOADS_READ_AND_DROPPED["/verify/"]
        if file is not None and (file.size or 0) > most:
            raise forms.ValidationError(
                ngettext(
                    "The file is larger than %(n)s MB.",
                    "The file is larger than %(n)s MB.",
                    most >> 20,
                )
                % {"n": most >> 20}
            )
        return file

    def clean_digits(self) -> str:
        """Sixteen digits or more; how they were grouped does not matter."""
        digits = re.sub(r"[\s:-]", "", self.cleaned_data["digits"]).lower()
        if digits and not re.fullmatch(r"[0-9a-f]{16,64}", digits):
            raise forms.ValidationError(
                _("Type at least the first 16 digits: 0 to 9 and the letters a to f.")
            )
        return digits

    def clean(self) -> None:
        """One of the two ways."""
        given = self.cleaned_data
        if not self.errors and not given.get("file"):
            for name in ("number", "digits"):
                if not given.get(name):
                    self.add_error(name, _("Choose a file, or type the number and the hash."))


@require_http_methods(["GET", "HEAD", "POST"])
@public
def verify(request: HttpRequest) -> HttpResponse:
    """Take a file, or a number and a hash, and say how it stands."""
    if request.method != "POST":
        return _page(request, VerifyForm())
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    if file := given["file"]:
        return _answered(request, form, lambda: finding_of_file(request.user, seen(file)))
    number, digits = given["number"].strip().upper(), given["digits"]
    return _answered(request, form, lambda: finding_of_code(request.user, number, digits))


@require_safe
@public
def verify_code(request: HttpRequest, number: str, digest: str) -> HttpResponse:
    """Where the QR code of a page leads."""
    form = VerifyForm(initial={"number": number, "digits": digest})
    digits = digest.lower()
    return _answered(request, form, lambda: finding_of_code(request.user, number, digits))


@require_safe
@public
def certificate(request: HttpRequest) -> HttpResponse:
    """The certificates that sign here or have signed, for readers of PDFs."""
    del request
    pem = certificates.pem()
    if not pem:
        raise Http404
    response = HttpResponse(pem, content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="bulletin-certificates.pem"'
    return response


class Reader(Protocol):
    """What the page needs of the reader of PDFs."""

    def examine(self, pdf: bytes, trusted: tuple[x509.Certificate, ...]) -> Examined: ...


def seen(file: UploadedFile) -> Examined:  # type: ignore[type-arg]
    """What a file says of itself. Loaded by name: no other page needs a reader of PDFs."""
    reader: Reader = import_module("bulletins.rendering.verifying")
    return reader.examine(file.read(), certificates.signers())


def _answered(request: HttpRequest, form: VerifyForm, look: Callable[[], Finding]) -> HttpResponse:
    """What was found; who tries in vain too often from one network waits, as at the door."""
    at = timezone.now()
    gates = [Gate(TryKind.ADDRESS, f"verify {network_of(address_of(request))}")]
    try:
        take(gates, at=at)
    except HeldBack as refusal:
        return _page(request, form, held=str(refusal), status=429)
    finding = look()
    if finding.verdict not in {Verdict.UNKNOWN, Verdict.ALTERED}:
        forgive(gates, at=at)
    return _page(request, form, finding=finding)


def _page(
    request: HttpRequest,
    form: VerifyForm,
    *,
    finding: Finding | None = None,
    held: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "finding": finding,
        "held": held,
        "is_signed_here": bool(settings.BULLETIN_CERTIFICATES),
    }
    response = render(request, "bulletins/verify.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
