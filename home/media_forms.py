"""Upload forms of pictures and files: everything is checked before it is kept; each refusal is a sentence."""

from io import BytesIO

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.pictures import clean_picture
from home.uploads import Refused, check_file, clean_file_name
from search.vietnamese.letters import clean


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


class PortalImageForm(BaseImageForm):
    """Pictures; the title and the credit are cleaned too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("file"):
            self.fields["file"] = CheckedImageField(
                label=field.label, required=field.required, widget=field.widget
            )

    def clean_title(self) -> str:
        return clean(self.cleaned_data["title"])


class PortalDocumentForm(BaseDocumentForm):
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
