"""The intranet's pages: what is internal and meant for the person signed in, and who works here."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intranet.directory import Directory
from search.models import Entry
from search.visibility import PUBLIC

#: In the session of a person who asked for the admin and does not work there.
CAME_FROM_ADMIN = "came_from_admin"


@login_required
@require_safe
def show_intranet(request: HttpRequest) -> HttpResponse:
    """`/noi-bo/`: the newest internal documents this person may read."""
    entries = Entry.objects.visible_to(request.user).official().exclude(audience=PUBLIC).newest()[:30]
    context = {"entries": list(entries), "has_second_step": settings.HAS_SSO}
    context["came_from_admin"] = request.session.pop(CAME_FROM_ADMIN, False)
    return render(request, "intranet/home.html", context)


@login_required
@require_safe
def show_directory(request: HttpRequest) -> HttpResponse:
    """`/noi-bo/danh-ba/?ten=lan&don_vi=7`: the directory of staff."""
    return render(request, "intranet/directory.html", {"directory": Directory(request.user, request.GET)})
