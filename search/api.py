"""`/api/tim-kiem`: the same search for programs, as JSON, with the audience rule of the reader who asks."""

import hashlib
import json
import time

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from search.api_description import description
from search.asking import (
    KNOWN,
    LAST_PAGE,
    MOST_VALUES,
    PARAMETERS,
    VOCABULARIES,
    Ask,
    read_ask,
    read_number,
)
from search.contract import EngineUnavailable
from search.ignored import unused_values
from search.results import PER_PAGE, Row, Search
from search.vietnamese.letters import clean
from search.vietnamese.query_words import LONGEST_QUERY
from search.views import log

MOST_ROWS = 100
FRESH_SECONDS = 60
#: Vietnamese stays legible in the answer.
AS_WRITTEN = {"ensure_ascii": False}


class BadParameter(ValueError):
    """A parameter that is unknown or cannot be read, with the sentence that says so."""

    def __init__(self, parameter: str, sentence: str):
        super().__init__(sentence)
        self.parameter, self.sentence = parameter, sentence


@csrf_exempt
@require_safe
def answer_search(request: HttpRequest) -> HttpResponse:
    """`/api/tim-kiem?q=…`: 200 with the page of results, 422 naming a bad parameter, 304 by ETag, 503 to try again."""
    try:
        ask, rows = read_strictly(request.GET)
        started = time.perf_counter()
        search = Search(request.user, ask, per_page=rows)
        body = describe(search)
        if ask.text:
            log(search, started, request.user.is_authenticated)
    except BadParameter as bad:
        return JsonResponse(
            {"error": bad.sentence, "parameter": bad.parameter}, status=422, json_dumps_params=AS_WRITTEN
        )
    except EngineUnavailable:
        sentence = "Chức năng tìm kiếm đang tạm ngừng; vui lòng thử lại sau ít phút."
        return JsonResponse(
            {"error": sentence}, status=503, headers={"Retry-After": "30"}, json_dumps_params=AS_WRITTEN
        )
    response = JsonResponse(body, json_dumps_params=AS_WRITTEN)
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    response["Vary"] = "Cookie"
    return get_conditional_response(request, etag=etag, response=response)


def read_strictly(params: QueryDict) -> tuple[Ask, int]:
    """The search an address states and its rows per page. Errors: BadParameter for whatever cannot be used."""
    for name in params:
        if name not in KNOWN and name != "so_dong":
            raise BadParameter(name, f"Không có tham số “{clean(name)[:60]}”. Xem mô tả tại /api/tim-kiem/mo-ta.json.")
    ask = read_ask(params)
    for name in ("q", "trang", "so_dong"):
        if len(params.getlist(name)) > 1:
            raise BadParameter(name, f"Tham số “{name}” chỉ nhận một giá trị.")
    for name in params:
        if name in PARAMETERS.values() and len(set(filter(None, params.getlist(name)))) > MOST_VALUES:
            raise BadParameter(name, f"Tham số “{name}” nhận nhiều nhất {MOST_VALUES} giá trị.")
    for name, value in unused_values(params, ask):
        raise BadParameter(name, _refusal(name, value))
    if ask.since and ask.until and ask.since > ask.until:
        raise BadParameter("tu", "Ngày bắt đầu ở sau ngày kết thúc.")
    if len(clean(params.get("q", ""))) > LONGEST_QUERY:
        raise BadParameter("q", f"Câu tìm dài quá {LONGEST_QUERY} ký tự.")
    if params.get("trang") and not read_number(params["trang"], 1, LAST_PAGE):
        raise BadParameter("trang", f"Trang phải là số từ 1 đến {LAST_PAGE}; cần xem thêm thì thu hẹp theo ngày.")
    rows = read_number(params.get("so_dong"), 1, MOST_ROWS) if params.get("so_dong") else PER_PAGE
    if not rows:
        raise BadParameter("so_dong", f"Số dòng phải là số từ 1 đến {MOST_ROWS}.")
    return ask, rows


def _refusal(name: str, value: str) -> str:
    """Why a value is not taken, with those that are where they are few."""
    taken = VOCABULARIES.get(name)
    known = f" Các giá trị nhận: {', '.join(taken)}." if taken else ""
    return f"Giá trị “{clean(value)[:60]}” của tham số “{name}” không đọc được hoặc không dùng được.{known}"


def describe(search: Search) -> dict:
    """The answer as plain data, e.g. `describe(search)["results"][0]["title"]`."""
    understanding = search.understanding
    return {
        "query": understanding.typed_text,
        "used_query": search.used_text,
        "did_you_mean": search.did_you_mean,
        "changes": [
            {"kind": change.kind, "typed": change.typed, "used": change.used} for change in understanding.changes
        ],
        "total": search.total,
        "is_more": search.result.is_more,
        "is_reduced": search.result.is_reduced,
        "hidden_without_force": search.result.gone,
        "page": search.ask.page,
        "pages": search.last_page,
        "results": [_row(row) for row in search.rows],
        "facets": {
            PARAMETERS[name]: [
                {"value": choice.value, "label": choice.label, "count": choice.count, "chosen": choice.is_chosen}
                for choice in choices
            ]
            for name, choices in {"kind": search.tabs[1:], **search.facets}.items()
        },
    }


def _row(row: Row) -> dict:
    entry = row.entry
    state = entry.state
    return {
        "key": entry.url,
        "title": entry.title,
        "url": entry.url,
        "number": entry.printed_number,
        "kind": entry.kind,
        "kind_name": entry.type_name or entry.kind_name,
        "issued_on": entry.dated,
        "issuer": entry.issuer_name,
        "unit": entry.unit_name,
        "state": state.key if state else "",
        "audience": entry.audience,
        "snippet": [{"text": text, "is_found": is_found} for text, is_found in row.passage],
        "snippet_file": row.source,
        "snippet_page": row.source_page,
        "is_number_hit": row.is_number_hit,
        "is_pinned": row.is_pinned,
    }


@require_safe
def show_description(request: HttpRequest) -> HttpResponse:
    """`/api/tim-kiem/mo-ta.json`: the OpenAPI 3.1 description of the interface."""
    body = json.dumps(description(), ensure_ascii=False)
    return HttpResponse(body, content_type="application/vnd.oai.openapi+json;version=3.1")
