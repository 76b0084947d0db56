"""The form of "Nhập văn bản": one file or several, and the word that none is a state secret."""

from django import forms

from search.extraction import formats

ACCEPTED = ",".join(f".{name}" for name in (*formats.FORMATS, "jpeg", "tif", "htm"))


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several; each is judged by the pipeline, so that a bad one keeps no other out."""

    def clean(self, data, initial=None) -> list:
        if not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(data)


class UploadForm(forms.Form):
    """Files, and the clerk's word that they hold no state secret."""

    file = FilesField(
        label="Tệp văn bản",
        widget=FilesInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Hãy chọn tệp văn bản cần nhập."},
    )
    is_not_secret = forms.BooleanField(
        label="Tôi xác nhận văn bản không chứa bí mật nhà nước",
        error_messages={"required": "Hãy xác nhận văn bản không chứa bí mật nhà nước trước khi tải lên."},
    )
