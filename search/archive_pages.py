"""Pages of the tree that are archives: a section of the portal shows its shelf."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from search.archive import Archive
from search.archive_views import answer_beyond
from search.asking import address_without_blanks
from search.models import Entry
from search.shelves import shelf_named


class ArchivePageMixin:
    """A page whose list is a shelf of the archive, e.g. `shelf_slug = "tin-tuc"`; templates find it as `archive`."""

    shelf_slug = ""

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        shelf = shelf_named(self.shelf_slug)
        context["archive"] = Archive(shelf.of(Entry.objects.all()), request.user, request.GET, shelf=shelf)
        return context

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The page; past its last list a 404 that says how to go on."""
        if address := address_without_blanks(request.path, request.GET):
            return HttpResponseRedirect(address)
        response = super().serve(request, *args, **kwargs)
        archive = response.context_data["archive"]
        if archive.is_beyond:
            return answer_beyond(request, archive, {"crumbs": [{"url": self.url, "title": self.title}]})
        return response
