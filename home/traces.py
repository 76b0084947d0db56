"""What a public file still tells of the people who made it, as sentences for the office; the file stays as it is."""

import json
import logging
from collections.abc import Iterable

from wagtail.fields import StreamField

from home.base import SitePage
from home.blocks import files_in
from home.models import PortalDocument
from home.trace_child import KINDS, LIMITS, READERS
from home.uploads import extension_of
from search.extraction import bounded

logger = logging.getLogger(__name__)

MOST_NAMES = 4
MOST_FILES = 20
WORDS = {
    "author": "tên người soạn",
    "editor": "tên người sửa sau cùng",
    "company": "tên cơ quan hoặc người phụ trách ghi trong phần mềm",
    "person": "tên người khác có dự phần",
    "custom": "mục riêng trong phần thông tin của tệp",
    "path": "đường dẫn trên máy của người soạn",
    "place": "tọa độ nơi chụp ảnh trong tệp",
    "comment": "{count} ý kiến ghi bên lề",
    "change": "{count} chỗ sửa còn theo dõi",
}
UNREAD = "Chưa xem được thông tin riêng ghi trong tệp .{kind}. Hãy kiểm tra bằng phần mềm đã tạo tệp trước khi công bố."
BROKEN = "Chưa xem được thông tin riêng ghi trong tệp, vì tệp không mở được. Hãy kiểm tra trước khi công bố."
#: Kinds that people write in and that have no reader here.
OTHER_KINDS = frozenset(("doc", "xls"))


def traces_of(document: PortalDocument) -> list[str]:
    """What to tell the office of a file, e.g. `["Tệp còn ghi tên người soạn: Nguyễn Văn A."]`; read once."""
    kind = extension_of(document.shown_name)
    if kind in OTHER_KINDS:
        return [UNREAD.format(kind=kind)]
    if kind not in READERS:
        return []
    if document.traces is None:
        document.traces = read_traces(document)
        if document.traces is not None:
            PortalDocument.objects.filter(pk=document.pk, sha256=document.sha256).update(traces=document.traces)
    if document.traces is None:
        return [BROKEN]
    return list(_sentences(document.traces))


def traces_of_page(page: SitePage) -> list[str]:
    """The same of every file on a page as it was last written, e.g. `["“Kế hoạch”: tệp còn ghi …"]`."""
    newest = page.get_latest_revision_as_object()
    streams = (getattr(newest, each.name) for each in newest._meta.get_fields() if isinstance(each, StreamField))
    files = PortalDocument.objects.filter(pk__in=files_in(*streams))
    return [
        f"“{file.title}”: {sentence[0].lower()}{sentence[1:]}"
        for file in files.order_by("pk")[:MOST_FILES]
        for sentence in traces_of(file)
    ]


def read_traces(document: PortalDocument) -> list[list[str]] | None:
    """The pairs that a bounded process found in the file; None when it could not be read."""
    try:
        with document.file.storage.open(document.file.name) as file:
            outcome = bounded.run("home.trace_child", extension_of(document.shown_name), file.fileno(), LIMITS)
    except OSError:
        logger.exception("the traces in file %s could not be read", document.pk)
        return None
    if outcome.code != 0:
        logger.warning("looking for traces in file %s ended with code %s", document.pk, outcome.code)
        return None
    return json.loads(outcome.output)


def _sentences(traces: Iterable[Iterable[str]]) -> Iterable[str]:
    for kind in KINDS:
        values = [value for each, value in traces if each == kind]
        if values:
            names = list(dict.fromkeys(values))
            rest = f" và {len(names) - MOST_NAMES} tên khác" if len(names) > MOST_NAMES else ""
            yield f"Tệp còn {'ghi ' if '{' not in WORDS[kind] else ''}{WORDS[kind].format(count=len(values))}: " + (
                f"{', '.join(names[:MOST_NAMES])}{rest}."
            )
