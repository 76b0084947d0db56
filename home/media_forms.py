"""Upload forms of pictures and files: everything is checked before it is kept; each refusal is a sentence."""

import errno
import logging
from io import BytesIO

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.pictures import clean_picture
from home.uploads import Refused, check_file, clean_file_name
from search.vietnamese.letters import clean

logger = logging.getLogger(__name__)

DISK_IS_FULL = frozenset((errno.ENOSPC, errno.EDQUOT))
NO_ROOM = "Máy chủ đã hết chỗ chứa nên chưa nhận được tệp. Hãy báo người quản trị rồi tải lên lại sau."
NOT_KEPT = "Máy chủ chưa ghi được tệp. Hãy thử lại; nếu vẫn vậy, hãy báo người quản trị."


def put_back(upload, data: bytes) -> None:
    """Replace the bytes of an upload in place: whatever Wagtail keeps of it later is the cleaned file."""
    upload.size = len(data)
    if hasattr(upload, "temporary_file_path"):
        upload.file.seek(0)
        upload.file.truncate()
        upload.file.write(data)
        upload.file.flush()
        upload.file.seek(0)
    else:
        upload.file = BytesIO(data)


class CheckedImageField(WagtailImageField):
    """Looks at the picture in another process before Wagtail opens it in this one."""

    def to_python(self, data):
        if data in self.empty_values:
            return None
        data.name = clean_file_name(data.name)
        self.check_image_file_size(data)
        data.seek(0)
        try:
            put_back(data, clean_picture(data.name, data.read(), self.max_image_pixels))
        except Refused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return super().to_python(data)


class KeepsUpload:
    """A form that writes the file while it is checked: a full disk is a sentence in the form, not an error page.

    The file that is replaced is left to the row: Wagtail would remove it before the new one is sure.
    """

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or "file" not in self.changed_data or not self.cleaned_data.get("file"):
            return
        try:
            self.instance.keep_upload()
        except OSError as error:
            logger.exception("an upload could not be kept")
            sentence = NO_ROOM if error.errno in DISK_IS_FULL else NOT_KEPT
            self.add_error("file", sentence)

    def save(self, commit=True):
        self.original_file = None
        return super().save(commit)


class PortalImageForm(KeepsUpload, BaseImageForm):
    """Pictures; the title and the credit are cleaned too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = CheckedImageField(label=field.label, required=field.required, widget=field.widget)

    def clean_title(self) -> str:
        return clean(self.cleaned_data["title"])


class PortalDocumentForm(KeepsUpload, BaseDocumentForm):
    """Files of offices."""

    def clean_title(self) -> str:
        return clean(self.cleaned_data["title"])

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload and "file" in self.changed_data:
            upload.name = clean_file_name(upload.name)
            try:
                check_file(upload.name, upload.size, upload.file)
            except Refused as refusal:
                raise ValidationError(str(refusal), code="refused") from refusal
        return upload
