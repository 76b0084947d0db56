"""Pictures and attached files of the demonstration."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Collection

from home.models import PortalDocument, PortalImage
from portal.demonstration.people import account
from portal.demonstration.records import read_file, read_rows

CREDIT = "Minh họa ví dụ"


def upload_pictures() -> None:
    """The drawings, each with its description and credit."""
    for row in read_rows("media", "picture"):
        name = f"{row['name']}.jpg"
        data = read_file("pictures", name)
        PortalImage.objects.create(
            title=row["title"],
            description=row["alt"],
            credit=CREDIT,
            file=ImageFile(BytesIO(data), name),
            file_size=len(data),
            collection=Collection.get_first_root_node(),
            uploaded_by_user=account("van-phong"),
        )


def upload_files() -> None:
    """The attached files, each said to be an example by its name."""
    for row in read_rows("media", "file"):
        PortalDocument.objects.create(
            title=row["title"],
            file=ContentFile(read_file("files", row["name"]), row["name"]),
            collection=Collection.get_first_root_node(),
            uploaded_by_user=account("van-phong"),
        )


def pictures() -> dict[str, PortalImage]:
    """The uploaded drawings by name, e.g. `pictures()["do-dac"]`."""
    titles = {row["title"]: row["name"] for row in read_rows("media", "picture")}
    return {titles[image.title]: image for image in PortalImage.objects.filter(title__in=titles)}


def attachments(rows: list[dict]) -> list[tuple[str, dict]]:
    """The blocks of attached files, e.g. of `[{"file": "quy-che-vi-du.pdf", "label": "Quy chế"}]`."""
    titles = {row["name"]: row["title"] for row in read_rows("media", "file")}
    return [
        (
            "attachment",
            {
                "document": PortalDocument.objects.get(title=titles[row["file"]]),
                "label": row.get("label", ""),
                "note": row.get("note", "Tệp ví dụ."),
            },
        )
        for row in rows
    ]
