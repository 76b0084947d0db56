"""The real campaign call against what people found in it."""

import re

import pytest

from .samples import COMPLETE, SEED, expected, recognised, shared

OLD_FONTS = [SEED.replace(".docx", ".tcvn3.docx"), SEED.replace(".docx", ".vni.docx")]


@pytest.fixture(params=[SEED, COMPLETE, *OLD_FONTS])
def seed(request):
    return recognised(request.param)


def plain(text: str) -> str:
    """The expected text without the marks of the Markdown copy it was taken from."""
    return " ".join(text.replace("*", "").split())


def test_head(seed):
    frame = expected()["the_thuc"]
    assert "number" not in seed.fields
    assert seed.value("notation") == frame["dong_so"]["ky_hieu"]
    assert seed.value("separator") == "/"
    assert seed.value("place") == frame["dong_dia_danh_ngay"]["dia_danh"]
    assert seed.value("issued_on") == "2024"
    assert seed.value("agency") == "Sở Tài nguyên và Môi trường"
    assert seed.value("parent_agency") == "UBND tỉnh Kon Tum"
    assert seed.value("drafting_unit_code") == expected()["suy_luan"]["don_vi_soan_thao"]["code"]


def test_title(seed):
    frame, campaign = expected()["the_thuc"], expected()["truong_phong_trao"]
    assert (seed.value("kind"), seed.value("form")) == ("phat_dong", "campaign")
    assert seed.value("abstract") == frame["trich_yeu"]["text"]
    assert seed.value("name") == campaign["ten"]
    assert seed.value("title") == f"Phát động {campaign['ten'][0].lower()}{campaign['ten'][1:]}"
    assert seed.value("year") == expected()["suy_luan"]["nam"]
    assert "addressees" not in seed.fields and "bases" not in seed.fields


def test_signer(seed):
    signer = expected()["the_thuc"]["chu_ky"]
    found = seed.value("signature")
    assert (found["office"], found["office_display"], found["name"]) == (
        signer["chuc_vu"],
        signer["chuc_vu_chuan"],
        signer["ho_ten"],
    )
    assert (found["authorities"], found["on_behalf_of"], found["is_signed"]) == ([], "", False)
    assert seed.value("signatures") == [found]


def test_recipients(seed):
    found = seed.value("recipients")
    assert len(found) == expected()["kiem_tra_so_luong"]["noi_nhan"]
    assert [row["raw"].strip(" -;.") for row in found] == [row["raw"] for row in expected()["noi_nhan"]]
    kinds = {row["raw"].strip(" -;."): row["kind"] for row in found}
    assert kinds["Website Sở"] == "channel"
    assert kinds["Các đơn vị thuộc Sở"] == "group"
    assert kinds["Lưu: VT, VP"] == "archive"


def test_occasions(seed):
    found, wanted = seed.value("occasions"), expected()["dip_ky_niem"]
    assert [row["text"] for row in found] == [row["text"] for row in wanted]
    for row, right in zip(found, wanted, strict=True):
        assert row["years"] == right["so_nam"] if "so_nam" in right else row["years"] is None
        assert (row["from"], row["to"]) == (right.get("tu", ""), right.get("den", ""))
        assert row["calendar"] == ("lunar" if right.get("lich") == "am" else "solar")
    assert (found[2]["day"], found[2]["month"]) == (10, 3)
    assert (found[7]["day"], found[7]["month"]) == (2, 9)


def test_tasks(seed):
    wanted = next(part for part in expected()["muc"] if part["so"] == "1")["nhiem_vu"]
    found = seed.value("tasks")
    assert [task["text"] for task in found] == [task["text"] for task in wanted]
    assert found[1]["heading"] == "Thanh tra, kiểm tra"
    assert all(task["heading"] == "" or 2 <= len(task["heading"].split()) <= 6 for task in found)
    assert "Cải cách hành chính" in found[2]["topics"] and "Dịch vụ công trực tuyến" in found[2]["topics"]


def test_citations(seed):
    found, wanted = seed.value("citations"), expected()["van_ban_vien_dan"]
    assert len(found) == expected()["kiem_tra_so_luong"]["van_ban_vien_dan"] == 6
    for row, right in zip(found, wanted, strict=True):
        assert right["raw"]["text"].startswith(row["text"])
        assert row["kind"] == right["kind"]
        assert row["number"] == (right.get("so") or "")
        assert row["issuer"] == right.get("co_quan", row["issuer"])
        assert row["text"] in row["evidence"]


def test_sides_slogans_and_movements(seed):
    quotes = expected()["khau_hieu_va_trich_dan"]
    by_role = {role: [q["text"] for q in quotes if q["vai_tro"] == role] for role in {q["vai_tro"] for q in quotes}}
    assert seed.value("sides") == [side["text"] for side in expected()["chu_the_phat_dong"]]
    assert seed.value("slogans") == by_role["tinh_than/khau_hieu"] + by_role["phong_trao/khau_hieu"]
    assert seed.value("movements") == by_role["phong_trao"]
    assert seed.value("sayings") == by_role["loi_day"]


def test_aims_participants_scope_and_period(seed):
    section = next(part for part in expected()["muc"] if part["so"] == "1")
    assert any(section["muc_tieu"]["text"] in aim for aim in seed.value("objectives"))
    assert seed.value("participants") == expected()["doi_tuong"]["text"]
    assert seed.value("scope") == [scope["text"] for scope in expected()["pham_vi"]]
    assert seed.value("period") == {"from": "", "to": "", "year": 2024}


def test_what_is_missing(seed):
    codes = {gap["code"] for gap in seed.missing}
    wanted = {
        "number",
        "month",
        "day",
        "period",
        "measures",
        "inspection",
        "interim_review",
        "final_review",
        "awards",
    }
    assert wanted <= codes
    assert not codes & {"notation", "place", "abstract", "signature", "recipients", "year", "tasks"}
    assert all(gap["label"] for gap in seed.missing)


def test_targets_are_missing_unless_an_appendix_gives_them():
    assert "targets" in {gap["code"] for gap in recognised(SEED).missing}
    assert "targets" not in {gap["code"] for gap in recognised(COMPLETE).missing}


def test_the_wording_stays_and_slips_are_only_suggested(seed):
    body = "\n".join(block["text"] for block in seed.body)
    assert "thực hiện hiện các mục tiêu" in body
    assert "lời dạy của Chỉ tịch Hồ Chí Minh" in body
    offered = {item["quote"]: item["proposal"] for item in seed.suggestions}
    assert offered["hiện hiện"] == "hiện"
    assert offered["Chỉ tịch"] == "Chủ tịch"
    assert offered["Sở Tài nguyên Môi trường"] == "Sở Tài nguyên và Môi trường"
    assert offered["2020-2025"] == "2021-2025"
    assert len(seed.suggestions) == 6


def test_the_body_is_the_text_of_the_call_word_for_word():
    lines = shared("samples/phat-dong-thi-dua-2024.txt").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Năm 2024 là năm"))
    end = lines.index("Nơi nhận:")
    assert [block["text"] for block in recognised(SEED).body] == lines[start:end]


def test_the_body_keeps_bold_words_escapes_the_rest_and_has_addresses():
    body = recognised(SEED).body
    anchors = [block["anchor"] for block in body if block["anchor"]]
    assert anchors == ["muc-1", *(f"nhiem-vu-{n}" for n in range(1, 6)), "muc-2"]
    assert "<b>“Đoàn kết - Dân chủ - Kỷ cương - Sáng tạo - Phát triển”</b>" in body[0]["html"]
    assert "TN&amp;MT" in body[3]["html"]
    assert set(re.findall(r"</?(\w+)", "".join(block["html"] for block in body))) <= {"b", "i", "u", "br"}


def test_the_complete_form_adds_an_appendix_with_its_table():
    seed = recognised(COMPLETE)
    assert seed.value("appendices") == ["Phụ lục: Chỉ tiêu thi đua"]
    table = next(block for block in seed.body if block["type"] == "table")
    assert table["rows"][0] == ["STT", "Nội dung", "Chỉ tiêu"]
    assert table["rows"][2] == ["2", "Xử lý hồ sơ đúng hạn", "≥ 98,5 %"]
    assert "Nơi nhận" not in "".join(block["text"] for block in seed.body)
    assert [block["text"] for block in seed.body][-4:] == [
        "1. Bảo vệ môi trường làng nghề",
        "2. Quan trắc khí tượng thủy văn",
        "- Nước sạch nông thôn",
        "- Chất thải rắn sinh hoạt",
    ]


def test_every_field_has_evidence_and_a_confidence(seed):
    for name, found in seed.fields.items():
        assert found.evidence, name
        assert 0 < found.confidence <= 1, name
        assert found.source in ("typed", "file_name", "inferred"), name
