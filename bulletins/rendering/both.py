"""One document in the language that is asked for, or English and then Urdu."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.utils import translation

from bulletins.choices import Language
from bulletins.rendering.documents import BriefDocument, BulletinDocument

Doc = TypeVar("Doc", BulletinDocument, BriefDocument)


def in_languages(language: str, gather: Callable[[str], Doc]) -> Doc:
    """What `gather` makes of a language; of both, the English document holding the Urdu one."""
    if language != Language.BOTH:
        with translation.override(language):
            return gather(language)
    with translation.override(Language.URDU):
        urdu = gather(Language.URDU.value)
    with translation.override(Language.ENGLISH):
        return replace(gather(Language.ENGLISH.value), urdu=urdu)
