"""The OpenAPI description of `/api/tim-kiem`, made from what the code reads, so that it cannot drift from it."""

from search.asking import LAST_PAGE, MATCHES, MOST_VALUES, ORDERS
from search.models import KINDS
from search.states import LABELS

_TEXT = {"type": "string"}
_WHOLE = {"type": "integer"}
_YES = {"type": "boolean"}
_LISTED = {
    "loai": "Thể loại trong mục: loại văn bản, hình thức gương, loại đơn vị (khóa, ví dụ quyet_dinh)",
    "co_quan": "Cơ quan ban hành (khóa)",
    "don_vi": "Đơn vị (đường dẫn của trang đơn vị, ví dụ phong-quan-ly-dat-dai)",
    "linh_vuc": "Lĩnh vực",
    "nam": "Năm ban hành hoặc đăng",
    "phong_trao": "Phong trào thi đua (đường dẫn của trang phong trào)",
    "the": "Thẻ",
}
REFUSED = "Tham số không có, không đọc được, hoặc có giá trị ngoài danh sách; parameter nêu tên"
BEYOND = "Trang; quá trang cuối là trang trống, vẫn có total và pages"
_OPEN = "; lặp lại để chọn nhiều. Giá trị không nội dung nào mang thì không có kết quả, không phải là lỗi"
_ROW = {
    "key": "Khóa không đổi của trang",
    "title": "Tên, trích yếu",
    "url": "Địa chỉ trang",
    "number": "Số, ký hiệu như in",
    "kind": "Loại nội dung (khóa)",
    "kind_name": "Loại nội dung",
    "issued_on": "Ngày ban hành: YYYY, YYYY-MM hoặc YYYY-MM-DD",
    "issuer": "Cơ quan ban hành",
    "unit": "Đơn vị",
    "state": "Hiệu lực (khóa)",
    "audience": "Đối tượng được đọc",
    "snippet_file": "Tệp đính kèm chứa đoạn trích",
}


def description() -> dict:
    """The whole description, e.g. `description()["paths"]["/api/tim-kiem"]`. Source: OpenAPI 3.1.0."""
    answers = {
        "200": _answer("Một trang kết quả", {"$ref": "#/components/schemas/Results"}),
        "304": {"description": "Không đổi so với ETag đã gửi trong If-None-Match"},
        "422": _answer(REFUSED, {"$ref": "#/components/schemas/Error"}),
        "503": _answer("Tìm kiếm đang tạm ngừng", {"$ref": "#/components/schemas/Error"}),
    }
    operation = {"operationId": "search", "summary": "Tìm nội dung", "parameters": _parameters(), "responses": answers}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tìm kiếm",
            "version": "1.0",
            "description": "Chỉ đọc. Người không đăng nhập chỉ nhận nội dung công khai.",
        },
        "paths": {"/api/tim-kiem": {"get": operation}},
        "components": {
            "schemas": {"Results": _results(), "Row": _row(), "Error": _object(error=_TEXT, parameter=_TEXT)}
        },
    }


def _answer(text: str, schema: dict) -> dict:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _parameters() -> list[dict]:
    day = {"type": "string", "format": "date"}
    flag = {"type": "string", "enum": ["1"]}
    rows = {"type": "integer", "minimum": 1, "maximum": 100, "default": 10}
    many = {"type": "array", "items": _TEXT, "maxItems": MOST_VALUES}
    return [
        _parameter(
            "q", "Câu tìm, có dấu hoặc không dấu; số, ký hiệu gõ cách nào cũng được", {**_TEXT, "maxLength": 256}
        ),
        _parameter("muc", "Loại nội dung", {"type": "string", "enum": list(KINDS)}),
        *(_parameter(name, text + _OPEN, many) for name, text in _LISTED.items()),
        _parameter("hieu_luc", "Hiệu lực hôm nay", {"type": "array", "items": {"enum": list(LABELS)}}),
        _parameter("dinh_kem", "Chỉ nội dung có tệp đính kèm", flag),
        _parameter("tu", "Ban hành từ ngày", day),
        _parameter("den", "Ban hành đến hết ngày", day),
        _parameter("thang", "Tháng", {"type": "integer", "minimum": 1, "maximum": 12}),
        _parameter("sap_xep", "Thứ tự; bỏ trống là liên quan nhất", {"enum": [key for key in ORDERS if key]}),
        _parameter("khop", "Đủ các từ, hoặc đúng cả cụm từ", {"enum": [key for key in MATCHES if key]}),
        _parameter("gom_het_hieu_luc", "Gồm văn bản hết hiệu lực", flag),
        _parameter("nguyen_van", "Tìm đúng như đã gõ, không sửa", flag),
        _parameter("trang", BEYOND, {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}),
        _parameter("so_dong", "Số dòng một trang", rows),
    ]


def _parameter(name: str, text: str, schema: dict) -> dict:
    return {"name": name, "in": "query", "description": text, "schema": schema}


def _object(**properties: dict) -> dict:
    return {"type": "object", "properties": properties}


def _list(items: dict) -> dict:
    return {"type": "array", "items": items}


def _row() -> dict:
    texts = {name: {**_TEXT, "description": text} for name, text in _ROW.items()}
    pieces = _list(_object(text=_TEXT, is_found=_YES))
    return _object(**texts, snippet=pieces, snippet_page=_WHOLE, is_number_hit=_YES, is_pinned=_YES)


def _results() -> dict:
    counted = _list(_object(value=_TEXT, label=_TEXT, count=_WHOLE, chosen=_YES))
    return _object(
        query=_TEXT,
        used_query=_TEXT,
        did_you_mean={**_TEXT, "description": "Câu tìm khác thấy nhiều hơn, khi thấy ít"},
        changes=_list(_object(kind=_TEXT, typed=_TEXT, used=_TEXT)),
        total=_WHOLE,
        is_more={**_YES, "description": "Còn nhiều hơn số đã đếm"},
        is_reduced={**_YES, "description": "Kết quả rút gọn, khi máy tìm kiếm chính không trả lời"},
        hidden_without_force={**_WHOLE, "description": "Số văn bản hết hiệu lực không hiện"},
        page=_WHOLE,
        pages=_WHOLE,
        results=_list({"$ref": "#/components/schemas/Row"}),
        facets={"type": "object", "additionalProperties": counted},
    )
