"""Links inside running text, as far as the reader may follow them: to other places only their words are left."""

from contextvars import ContextVar

from django.contrib.auth.models import AnonymousUser
from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from search.models import Entry, FileUse
from search.visibility import visible_files

#: Who reads what is rendered now; whoever renders without saying so renders for a stranger.
_reader: ContextVar = ContextVar("reader", default=None)
NOWHERE = "<a>"


class ReadAsUser:
    """Renders running text for the person who asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _reader.set(request.user)
        try:
            return self.get_response(request)
        finally:
            _reader.reset(token)


def reader():
    return _reader.get() or AnonymousUser()


class ReadablePageLink(PageLinkHandler):
    """`<a linktype="page" id="7">` leads to the page, or nowhere for whom the page is not."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        wanted = [_number(attrs) for attrs in attrs_list]
        entries = Entry.objects.visible_to(reader()).filter(pk__in=[pk for pk in wanted if pk])
        addresses = dict(entries.values_list("pk", "url"))
        return [_opening(addresses.get(pk)) for pk in wanted]


class ReadableFileLink(DocumentLinkHandler):
    """The same for `<a linktype="document" id="5">`: a file that no page of the reader's uses is not there."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        files = [file if file is None else (file.pk, file.url) for file in cls.get_many(attrs_list)]
        seen = visible_files(reader(), FileUse.FILE, [file[0] for file in files if file])
        return [_opening(file[1] if file and file[0] in seen else None) for file in files]


def _number(attrs: dict) -> int:
    text = str(attrs.get("id", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _opening(address: str | None) -> str:
    return f'<a href="{escape(address)}">' if address else NOWHERE
