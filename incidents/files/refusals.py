"""Why a file is not taken: a sentence that names the file and says what to do."""

from django.utils.functional import Promise

from core.errors import RuleBroken


class FileRefused(RuleBroken):
    """The file is not taken. `code` says why, for those who count; the sentence, for people."""

    def __init__(self, code: str, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.code = code
