"""How the page of an official document is served: itself, its full text, its print view."""

from django.template.response import TemplateResponse

from directives.models.reading import DocumentReading


class DocumentPageMixin:
    """Serves `/…/`, `/…/toan-van/` and `/…/ban-in/` of an official document."""

    full_text_template = "directives/full_text.html"
    print_template = "directives/print.html"

    def save(self, *args, **kwargs) -> None:
        """Freeze what the document said at its issue before it is kept."""
        self.freeze_names()
        super().save(*args, **kwargs)

    def serve(self, request, view: str = "page", *args, **kwargs):
        if view == "page":
            return super().serve(request, *args, **kwargs)
        template = self.print_template if view == "print" else self.full_text_template
        return TemplateResponse(request, template, self.get_context(request))

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["reading"] = DocumentReading(self, request.user, is_draft=getattr(request, "is_preview", False))
        return context
