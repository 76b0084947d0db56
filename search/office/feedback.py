"""The readers' answer to "Kết quả có hữu ích không?": counts by query and day, nothing about the reader."""

from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from search.asking import Ask, read_ask
from search.office.counting import MOST_QUERIES
from search.office.throttle import is_too_often
from search.office_models import FeedbackDay
from search.office_models.statistics import REASONS
from search.query_log import tidy_query

YES, NO = "co", "khong"
MOST_A_MINUTE = 20
LONGEST_ADDRESS = 12_000
DONE = "y_kien"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_feedback(request: HttpRequest) -> HttpResponse:
    """`POST /tim-kiem/y-kien/`: count an answer and lead back to the results.

    The form stands on pages that strangers' caches keep, so it holds no token: where the browser says that the
    form was ours, that is enough; from anywhere else the answer counts only with Django's token, which the page
    shown instead offers.
    """
    if request.method != "POST":
        return redirect("search")
    if is_too_often(request, "feedback", MOST_A_MINUTE):
        return _show(request, 429, is_too_often=True)
    if not _is_from_here(request):
        answer = _with_token(request)
        return _show(request, 403) if answer.status_code == 403 else answer
    return _count(request)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser names this site as the place the form was sent from."""
    if fetched := request.headers.get("Sec-Fetch-Site"):
        return fetched == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


@csrf_protect
def _with_token(request: HttpRequest) -> HttpResponse:
    return _count(request)


def _count(request: HttpRequest) -> HttpResponse:
    ask = _ask_of(request)
    answer, reason = request.POST.get("co_ich"), request.POST.get("ly_do", "")
    back = reverse("search") + ask.address(page=ask.page)
    if answer not in (YES, NO) or not ask.text:
        return HttpResponseRedirect(back)
    count_answer(ask.text, answer == YES, reason, is_staff=request.user.is_authenticated)
    return HttpResponseRedirect(f"{back}&{DONE}=1#y-kien")


def _ask_of(request: HttpRequest) -> Ask:
    return read_ask(QueryDict(request.POST.get("tim", "")[:LONGEST_ADDRESS]))


def count_answer(text: str, is_useful: bool, reason: str = "", is_staff: bool = False) -> None:
    """Add one answer about a query, e.g. `count_answer("đất đai", False, "outdated")`; an unknown reason is none."""
    words = tidy_query(text)
    if not words:
        return
    day = timezone.localdate()
    rows = FeedbackDay.objects.filter(day=day)
    query, wording = " ".join(words.folded), words.text
    with transaction.atomic():
        if not rows.filter(is_staff=is_staff, query=query).exists() and rows.count() >= MOST_QUERIES:
            query, wording = "", ""
        row, _ = FeedbackDay.objects.get_or_create(day=day, is_staff=is_staff, query=query)
        changes = {"yes" if is_useful else "no": F("yes" if is_useful else "no") + 1, "wording": wording}
        if not is_useful and reason in REASONS:
            changes[reason] = F(reason) + 1
        FeedbackDay.objects.filter(pk=row.pk).update(**changes)


def _show(request: HttpRequest, status: int, **context) -> HttpResponse:
    """The question on a page of its own, with a token."""
    ask = _ask_of(request)
    context |= {"ask": ask, "back": reverse("search") + ask.address(page=ask.page), "reasons": REASONS}
    return render(request, "search/feedback.html", context, status=status)
