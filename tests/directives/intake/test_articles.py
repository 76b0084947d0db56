"""Chapters, sections, articles, clauses and points with their pages."""

from directives.intake.grammar.articles import Division, find_divisions

RULES = [
    ("QUY CHẾ", 1),
    ("Chương I", 1),
    ("QUY ĐỊNH CHUNG", 1),
    ("Điều 1. Phạm vi điều chỉnh", 1),
    ("1. Quy chế này quy định việc khen thưởng.", 1),
    ("Điều 5 của Nghị định số 98/2023/NĐ-CP được áp dụng", 1),
    ("2. Những việc khác theo quy định tại", 1),
    ("7. dòng này chỉ tình cờ bắt đầu bằng số", 1),
    ("Mục 2. HÌNH THỨC", 2),
    ("Điều 2. Hình thức khen thưởng. Gồm:", 2),
    ("1. Các hình thức:", 2),
    ("a) Giấy khen;", 2),
    ("b) Danh hiệu;", 2),
    ("d) sai thứ tự;", 2),
    ("Nơi nhận:", 3),
    ("2. Mục của phụ lục", 3),
]


def test_divisions_stand_in_order_with_their_pages():
    assert find_divisions(RULES) == [
        Division("chapter", "Chương I", "QUY ĐỊNH CHUNG", 1),
        Division("article", "Điều 1", "Phạm vi điều chỉnh", 1),
        Division("clause", "1", "Quy chế này quy định việc khen thưởng", 1),
        Division("clause", "2", "Những việc khác theo quy định tại", 1),
        Division("section", "Mục 2", "HÌNH THỨC", 2),
        Division("article", "Điều 2", "Hình thức khen thưởng", 2),
        Division("clause", "1", "Các hình thức", 2),
        Division("point", "a", "Giấy khen", 2),
        Division("point", "b", "Danh hiệu", 2),
    ]


def test_a_regulation_after_its_decision_counts_anew():
    labels = [
        one.label for one in find_divisions([("Điều 1. Ban hành.", 1), ("Điều 2. Hiệu lực.", 1), ("Điều 1. A", 2)])
    ]
    assert labels == ["Điều 1", "Điều 2", "Điều 1"]


def test_a_letter_has_no_divisions():
    assert find_divisions([("1. Báo cáo công tác.", 1), ("a) Số liệu", 1)]) == []
