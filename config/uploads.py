"""Uploads never touch the disk in clear: files are held in memory, and only up to a bound.

Django's own handlers write what is large to a temporary directory, where nobody erases it. This one
counts what it cannot keep and drops it, so that the form still arrives with its text, and the page
can say which file was too large.
"""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from grievance.files.uploads import LARGEST_FILE, LARGEST_TOTAL

LARGEST_REQUEST = 256 * 1024 * 1024
"""Bytes that are read and counted at all; beyond, the whole request is refused (status 400)."""


class InMemoryOnly(FileUploadHandler):
    """Keeps each file in memory as long as it and all of them together are within their bounds.

    A file that is not kept arrives with its true size and no content.
    """

    chunk_size = 64 * 1024

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._total = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  Django's name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Refuse what would only keep a thread busy. Raises RequestDataTooBig."""
        if content_length > LARGEST_REQUEST:
            raise RequestDataTooBig("The request is larger than anything that is taken.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file of the request."""
        super().new_file(*args, **kwargs)
        self._kept = BytesIO()
        self._is_kept = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, or drop the file it belongs to once a bound is passed."""
        if not self._is_kept:
            return
        self._total += len(raw_data)
        self._kept.write(raw_data)
        if self._kept.tell() > LARGEST_FILE or self._total > LARGEST_TOTAL:
            self._is_kept = False
            self._total -= self._kept.tell()
            self._kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the file over, with the size that was counted."""
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
