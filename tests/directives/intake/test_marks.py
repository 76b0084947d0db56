"""The words that speak for a field are marked where they stand, whatever the blanks and lines between them."""

from directives.intake.marks import mark_lines


def marked(name: str, text: str) -> str:
    return f'<mark data-field="{name}">{text}</mark>'


def test_blanks_count_as_one():
    assert mark_lines(["Số:     /STNMT-VP", ""], {"notation": ["Số: /STNMT-VP"]}) == [
        marked("notation", "Số:     /STNMT-VP"), "",
    ]  # fmt: skip


def test_a_quotation_runs_over_lines_and_shares_words_with_another():
    lines = ["QUYẾT ĐỊNH", "Về việc  A", "Căn cứ QUYẾT ĐỊNH"]
    assert mark_lines(lines, {"kind": ["QUYẾT ĐỊNH"], "abstract": ["QUYẾT ĐỊNH Về việc A"]}) == [
        marked("kind abstract", "QUYẾT ĐỊNH"), marked("abstract", "Về việc  A"), "Căn cứ QUYẾT ĐỊNH",
    ]  # fmt: skip


def test_words_as_written_come_before_another_spelling_and_whole_words_before_parts():
    lines = ["kon tum", "Konplong Kon", "Kon Tum, ngày 5"]
    assert mark_lines(lines, {"place": ["Kon Tum"]})[::2] == ["kon tum", f"{marked('place', 'Kon Tum')}, ngày 5"]
    assert mark_lines(["12/QĐ-STNMT"], {"notation": ["QĐ-STNMT"]}) == [f"12/{marked('notation', 'QĐ-STNMT')}"]
    assert mark_lines(["SỞ Y TẾ"], {"agency": ["Sở Y tế"]}) == [marked("agency", "SỞ Y TẾ")]


def test_a_shortened_quotation_and_lines_that_do_not_follow_each_other():
    lines = ["Nơi nhận:", "- Sở Y tế;", "GIÁM ĐỐC", "Nguyễn Văn Lộc"]
    quotes = {"recipients": ["Nơi nhận:\nNguyễn Văn Lộc"], "cited": ["…Sở Y tế…"]}
    assert mark_lines(lines, quotes) == [
        marked("recipients", "Nơi nhận:"), f"- {marked('cited', 'Sở Y tế')};", "GIÁM ĐỐC",
        marked("recipients", "Nguyễn Văn Lộc"),
    ]  # fmt: skip


def test_everything_of_the_file_is_escaped_and_letters_composed():
    assert mark_lines(["<b>Số 12</b> & x"], {"number": ["Số 12"]}) == [
        f"&lt;b&gt;{marked('number', 'Số 12')}&lt;/b&gt; &amp; x"
    ]
    assert mark_lines(["So\u0302\u0301 12"], {"number": ["Số 12"]}) == [marked("number", "Số 12")]
