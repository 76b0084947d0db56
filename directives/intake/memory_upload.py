"""Uploads that never touch the disk: a state secret must be refused before a byte of it is kept."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers, StopUpload

from .bounds import MAX_FILE_BYTES, MEGABYTE

#: All files of one request; the page sends them one by one where the browser runs its script.
MAX_REQUEST_BYTES = 60 * MEGABYTE


class MemoryOnly(FileUploadHandler):
    """Keeps files in memory whatever their size; of one too large no more than shows that it is.

    Shape: a request that is too large as a whole ends with `request.is_too_large` set.
    """

    def __init__(self, request=None):
        super().__init__(request)
        self.taken = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.file = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data, start):
        self.taken += len(raw_data)
        if self.taken > MAX_REQUEST_BYTES:
            self.request.is_too_large = True
            raise StopUpload(connection_reset=False)
        self.file.write(raw_data[: max(0, MAX_FILE_BYTES + 1 - self.file.tell())])

    def file_complete(self, file_size):
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file, self.field_name, self.file_name, self.content_type, file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip
