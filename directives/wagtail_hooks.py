"""Documents in the admin: their list, their catalogues, a warning about a number used twice."""

from wagtail import hooks
from wagtail.admin import messages
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from directives.catalogue_admin import CatalogueGroup
from directives.choosing import questions_of
from directives.citation_panels import ask_by
from directives.completeness import said_of_twins
from directives.listings import directive_list
from directives.models import DocumentStub
from directives.official import OfficialDocument
from directives.stub_admin import StubPolicy, StubViewSet

ask_by(questions_of)
register_permission_policy(DocumentStub, StubPolicy(DocumentStub))
register_snippet(CatalogueGroup)


@hooks.register("register_admin_viewset")
def register_directive_list():
    return directive_list


@hooks.register("register_admin_viewset")
def register_stub_list():
    return StubViewSet()


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_twins(request, page) -> None:
    """A number used twice is allowed (Decree 30 art. 15 leaves it to the office) but never goes unsaid."""
    if not isinstance(page, OfficialDocument) or not request.accepts("text/html"):
        return
    for sentence in said_of_twins(page, request.user):
        messages.warning(request, sentence)
