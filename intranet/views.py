"""The intranet's front page: what is internal and meant for the person signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.models import Entry
from search.visibility import PUBLIC


@login_required
@require_safe
def show_intranet(request: HttpRequest) -> HttpResponse:
    """`/noi-bo/`: the newest internal documents this person may read."""
    entries = Entry.objects.visible_to(request.user).official().exclude(audience=PUBLIC).newest()[:30]
    return render(request, "intranet/home.html", {"entries": list(entries)})
