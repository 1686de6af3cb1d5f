"""How a file that somebody sends is received: on disk, outside all that is served, and no larger
than the product takes.

The whole request is read before any view sees it, so the limits stand here: what is too large is
counted and not kept, and what a stranger sends is not kept at all: at the few addresses where it
is read (`UPLOADS_READ_AND_DROPPED`) it is held in memory until the request is answered.
"""

import io
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

# What a form may weigh besides its file.
FORM_ROOM = 4 << 20


class ReceivedFile(UploadedFile):  # type: ignore[type-arg]
    """A file in the upload folder until it is closed. `size` is what was sent, kept or not."""

    def __init__(self, file: IO[bytes], name: str, content_type: str, size: int) -> None:
        super().__init__(file, name, content_type, size)
        self.lies_at = str(file.name)

    def temporary_file_path(self) -> str:
        """Where it lies, for a storage that can move it instead of copying it."""
        return self.lies_at

    def close(self) -> None:
        """Let go of it; whoever moved it away has taken it already."""
        try:
            super().close()
        except FileNotFoundError:
            return


class LimitedUploadHandler(FileUploadHandler):
    """Keeps at most UPLOAD_MOST_BYTES of a file; the form says kindly that it was larger."""

    file: IO[bytes]
    most = 0
    is_dropped = False

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django's signature
        META: dict[str, Any],  # noqa: ARG002, N803 - Django's signature
        content_length: int,
        boundary: Any,  # noqa: ARG002 - Django's signature
        encoding: str | None = None,  # noqa: ARG002 - Django's signature
    ) -> None:
        """Refuse unread what says itself that it is twice too large."""
        if content_length > 2 * settings.UPLOAD_MOST_BYTES + FORM_ROOM:
            raise RequestDataTooBig("The request is larger than any file that is taken.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, of somebody who has signed in."""
        super().new_file(*args, **kwargs)
        self.most = settings.UPLOAD_MOST_BYTES
        if self.request is not None and self.request.path in settings.UPLOADS_READ_AND_DROPPED:
            self.most = settings.UPLOADS_READ_AND_DROPPED[self.request.path]
            self.file, self.is_dropped = io.BytesIO(), True
            return
        if self.request is None or not self.request.user.is_authenticated:
            raise SkipFile
        folder = Path(settings.UPLOAD_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = tempfile.NamedTemporaryFile(dir=folder, prefix="up-")  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep the piece while the file is within the limit."""
        if start + len(raw_data) <= self.most:
            self.file.write(raw_data)
        elif start <= self.most:
            self.file.seek(0)
            self.file.truncate()

    def file_complete(self, file_size: int) -> UploadedFile:  # type: ignore[type-arg]
        """The file, from its beginning."""
        self.file.flush()
        self.file.seek(0, os.SEEK_SET)
        if self.is_dropped:
            return UploadedFile(self.file, self.file_name or "", self.content_type or "", file_size)
        return ReceivedFile(self.file, self.file_name or "", self.content_type or "", file_size)

    def upload_interrupted(self) -> None:
        """The sender went away: nothing of it stays."""
        if hasattr(self, "file"):
            self.file.close()
