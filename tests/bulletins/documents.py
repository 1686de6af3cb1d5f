"""Documents of several pages of running text, without a database."""

from dataclasses import replace

from bulletins.rendering.documents import BulletinDocument
from tests.bulletins.test_documents import BULLETIN

WORDS = {
    "en": (
        "The first check stood at the edge of the crowd, and the vehicle that carried the charge"
        " was let through because the officer at the gate could not see its plate in the dust."
        " Nobody had named who may stop a procession once it moves. "
    ),
    "ur": (
        "پہلی چیکنگ ہجوم کے کنارے پر تھی اور بارود سے بھری گاڑی کو اس لیے جانے دیا گیا کہ گیٹ پر"
        " کھڑے اہلکار کو دھول میں نمبر پلیٹ نظر نہیں آئی۔ جلوس چل پڑنے کے بعد اسے کون روک سکتا ہے"
        " یہ کسی نے طے نہیں کیا تھا۔ "
    ),
}


def long_document(language: str) -> BulletinDocument:
    """A bulletin of two lessons with a page of text each."""
    words, lesson = WORDS[language], BULLETIN.lessons[0]
    lessons = (
        replace(lesson, number=number, observation=words * 5, recommendation=words * 2)
        for number in (1, 2, 3)
    )
    return replace(BULLETIN, language=language, bottom_line=words[:180], lessons=tuple(lessons))
