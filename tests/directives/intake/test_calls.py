# ruff: noqa: E501 (sentences of documents read better in one piece)
"""Other campaign calls than the seed: other departments, layouts and wordings."""

import io

import pytest

from directives.intake.recognition import recognise
from search.extraction.docx import read_docx

from . import calls


def recognised(name: str, file_name: str = ""):
    document = read_docx(io.BytesIO(calls.written(getattr(calls, name))))
    return recognise(document.blocks, file_name, document.margins)


def values(found, *names) -> tuple:
    return tuple(found.value(name) for name in names)


def gaps(found) -> set[str]:
    return {gap["code"] for gap in found.missing}


HEAD = ("agency", "parent_agency", "number", "separator", "notation", "place", "issued_on", "kind", "form")


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("HEALTH", ("Sở Y tế", "UBND tỉnh Quảng Ngãi", "87", "/", "SYT-VP", "Quảng Ngãi", "2026-01-14",
                    "phat_dong", "campaign")),
        ("EDUCATION", ("Sở Giáo dục và Đào tạo", "UBND tỉnh Gia Lai", "1234", "/", "KH-SGDĐT", "Gia Lai",
                       "2025-09-05", "ke_hoach", "campaign")),
        ("LETTER", ("Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi", None, None, "/", "SNNMT-VP", "Quảng Ngãi",
                    "2026-02", "cong_van", "campaign")),
        ("BARE", ("Trung tâm Kiểm soát bệnh tật tỉnh Gia Lai", None, None, None, None, None, None,
                  "phat_dong", "campaign")),
        ("TRADE_UNION", ("Công đoàn ngành Xây dựng", "Liên đoàn Lao động tỉnh Gia Lai", "09", "/", "KH-CĐN",
                         "Pleiku", "2025-03-20", "ke_hoach", "campaign")),
        ("FINANCE", ("Sở Tài chính", "UBND tỉnh Gia Lai", "412", "/", "STC-VP", "Gia Lai", "2025-02-03",
                     "phat_dong", "campaign")),
        ("COMMUNE", ("Ủy ban nhân dân xã Ba Tơ", None, "31", "/", "CTPĐ-UBND", "Ba Tơ", "2026-03-02",
                     "phat_dong", "campaign")),
    ],
)  # fmt: skip
def test_head(name, head):
    assert values(recognised(name), *HEAD) == head


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("HEALTH", "Phát động phong trào thi đua chào mừng Đại hội đại biểu toàn quốc lần thứ XIV của Đảng và thực "
                   "hiện thắng lợi nhiệm vụ ngành y tế năm 2026"),
        ("EDUCATION", "Kế hoạch phát động phong trào thi đua “Dạy tốt, học tốt” năm học 2025 - 2026"),
        ("LETTER", "Phát động đợt thi đua cao điểm lập thành tích chào mừng ngày bầu cử"),
        ("BARE", "Lời kêu gọi thi đua năm 2025"),
        ("TRADE_UNION", "Kế hoạch tổ chức, phát động phong trào thi đua “Lao động giỏi, lao động sáng tạo” năm 2025 "
                        "của Công đoàn ngành Xây dựng tỉnh Gia Lai"),
        ("FINANCE", "Phát động phong trào thi đua yêu nước năm 2025"),
        ("COMMUNE", "Phát động thi đua xây dựng xã nông thôn mới nâng cao năm 2026"),
    ],
)  # fmt: skip
def test_title(name, title):
    assert recognised(name).value("title") == title


@pytest.mark.parametrize(
    ("name", "signers"),
    [
        ("HEALTH", [(["ky_thay"], "PHÓ GIÁM ĐỐC", "Phạm Thị Hoà")]),
        ("EDUCATION", [([], "GIÁM ĐỐC", "Trần Bá Công")]),
        ("LETTER", [(["thay_mat"], "CHỦ TỊCH", "Lê Văn Tâm"), (["thay_mat"], "GIÁM ĐỐC", "Nguyễn Đức Bình")]),
        ("BARE", [([], "GIÁM ĐỐC", "Đinh Hà Nam")]),
        ("TRADE_UNION", [(["thay_mat", "ky_thay"], "PHÓ CHỦ TỊCH", "Rơ Châm H’Loan")]),
        ("FINANCE", [([], "GIÁM ĐỐC", "Nguyễn Ngọc Thiên"), ([], "CHỦ TỊCH CÔNG ĐOÀN", "Trịnh Thị Mai")]),
        ("COMMUNE", [(["thay_mat"], "CHỦ TỊCH", "Phạm Xuân Vinh")]),
    ],
)
def test_signers(name, signers):
    found = recognised(name).value("signatures")
    assert [(row["authorities"], row["office"], row["name"]) for row in found] == signers


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("HEALTH", ["Ban Giám đốc Sở Y tế", "Công đoàn ngành Y tế"]),
        ("EDUCATION", ["Sở Giáo dục và Đào tạo"]),
        ("LETTER", ["Sở Nông nghiệp và Môi trường", "Công đoàn Sở"]),
        ("BARE", ["Trung tâm Kiểm soát bệnh tật tỉnh Gia Lai"]),
        ("FINANCE", ["Lãnh đạo Sở Tài chính", "Ban Chấp hành Công đoàn cơ sở", "Đoàn Thanh niên"]),
        ("COMMUNE", ["Ủy ban nhân dân xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã"]),
    ],
)
def test_sides(name, sides):
    assert recognised(name).value("sides") == sides


@pytest.mark.parametrize(
    ("name", "slogans", "movements", "sayings"),
    [
        ("HEALTH", ["Kỷ cương - Trách nhiệm - Y đức - Sáng tạo"], ["Người tốt, việc tốt"], None),
        ("EDUCATION", None, ["Dạy tốt, học tốt"], None),
        ("LETTER", ["Bám cơ sở, gỡ vướng mắc, về đích sớm"], None, None),
        ("BARE", ["Nhanh hơn - Chuẩn hơn - Gần dân hơn"], None, None),
        ("FINANCE", ["Chuẩn mực, trách nhiệm, hiệu quả"], ["Cả nước thi đua thực hành tiết kiệm, chống lãng phí"],
         ["Thi đua là yêu nước, yêu nước thì phải thi đua"]),
    ],
)  # fmt: skip
def test_slogans_movements_and_sayings(name, slogans, movements, sayings):
    assert values(recognised(name), "slogans", "movements", "sayings") == (slogans, movements, sayings)


@pytest.mark.parametrize(
    ("name", "tasks"),
    [
        ("HEALTH", [
            ("Khám bệnh, chữa bệnh", "Nâng cao chất lượng khám bệnh, chữa bệnh, hướng tới sự hài lòng của người bệnh."),
            ("Phòng, chống dịch bệnh", "Chủ động phòng, chống dịch bệnh; bảo đảm an toàn thực phẩm trên địa bàn."),
            ("Chuyển đổi số", "Đẩy mạnh chuyển đổi số, triển khai hồ sơ sức khỏe điện tử."),
            ("Quy tắc ứng xử", "Thực hiện nghiêm quy tắc ứng xử, nâng cao y đức; hưởng ứng phong trào “Người tốt, việc tốt”."),
        ]),
        ("LETTER", [
            ("Quản lý đất đai", "Hoàn thành cấp giấy chứng nhận quyền sử dụng đất lần đầu cho 95% diện tích đủ điều kiện."),
            ("Bảo vệ môi trường", "Rà soát, xử lý dứt điểm các cơ sở gây ô nhiễm môi trường."),
            ("Quản lý rừng", "Tăng cường quản lý rừng, chủ động phòng cháy, chữa cháy rừng."),
        ]),
        ("BARE", [
            ("Tiêm chủng mở rộng", "Thực hiện tốt công tác tiêm chủng mở rộng;"),
            ("", "Đẩy mạnh truyền thông giáo dục sức khỏe;"),
            ("Tiết kiệm, chống lãng phí", "Thực hành tiết kiệm, chống lãng phí."),
        ]),
        ("FINANCE", [
            ("Thu ngân sách", "Phấn đấu thu ngân sách nhà nước vượt dự toán được giao."),
            ("Giải ngân đầu tư công", "Đẩy nhanh tiến độ giải ngân vốn đầu tư công."),
            ("Tiết kiệm, chống lãng phí", "Thực hành tiết kiệm, chống lãng phí trong chi tiêu."),
        ]),
        ("COMMUNE", [
            ("Giao thông nông thôn", "Giao thông nông thôn: vận động Nhân dân hiến đất làm đường."),
            ("Vệ sinh môi trường", "Vệ sinh môi trường: ra quân dọn vệ sinh vào sáng thứ Bảy hằng tuần."),
        ]),
    ],
)  # fmt: skip
def test_tasks(name, tasks):
    found = recognised(name).value("tasks")
    assert [(task["heading"], task["text"]) for task in found] == tasks


def test_tasks_with_their_own_headings_keep_what_stands_under_them():
    first, second, third = recognised("EDUCATION").value("tasks")
    assert first["heading"] == "Đổi mới phương pháp dạy học"
    assert first["details"] == ["- Mỗi giáo viên có ít nhất một sáng kiến."]
    assert second["heading"] == "Chuyển đổi số trong quản lý"
    assert (third["heading"], third["details"]) == ("Xây dựng trường chuẩn quốc gia", [])


def test_occasions_in_a_list():
    found = recognised("HEALTH").value("occasions")
    assert [(row["text"], row["years"], row["calendar"], row["day"], row["month"]) for row in found] == [
        ("Kỷ niệm 96 năm Ngày thành lập Đảng Cộng sản Việt Nam", 96, "solar", 3, 2),
        ("71 năm Ngày Thầy thuốc Việt Nam", 71, "solar", 27, 2),
        ("Giỗ Tổ Hùng Vương", None, "lunar", 10, 3),
        ("51 năm Ngày Giải phóng miền Nam, thống nhất đất nước", 51, "solar", 30, 4),
        ("81 năm Ngày Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam", 81, "solar", 2, 9),
    ]
    assert (found[0]["from"], found[0]["to"]) == ("1930-02-03", "2026-02-03")


def test_occasions_in_a_sentence():
    found = recognised("BARE").value("occasions")
    assert [(row["text"], row["day"], row["month"]) for row in found] == [
        ("Chào mừng 80 năm Ngày Cách mạng tháng Tám thành công", 19, 8),
        ("Ngày Quốc khánh", 2, 9),
    ]
    found = recognised("FINANCE").value("occasions")
    assert [(row["text"], row["years"]) for row in found] == [
        ("kỷ niệm 95 năm Ngày thành lập Đảng", 95),
        ("mừng Tết Nguyên đán Ất Tỵ", None),
        ("80 năm Ngày truyền thống ngành Tài chính", 80),
    ]


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("HEALTH", {"from": "2026-01-15", "to": "2026-11-30", "year": 2026}),
        ("EDUCATION", {"from": "2025-09-01", "to": "2026-05-31", "year": 2026}),
        ("LETTER", {"from": "2026-02-10", "to": "2026-03-15", "year": 2026}),
        ("BARE", {"from": "", "to": "", "year": 2025}),
        ("COMMUNE", {"from": "", "to": "2026-12-31", "year": 2026}),
    ],
)
def test_period(name, period):
    assert recognised(name).value("period") == period


def test_aims_from_their_section_and_from_the_sentence():
    assert recognised("EDUCATION").value("objectives") == [
        "Tạo khí thế thi đua sôi nổi trong cán bộ quản lý, giáo viên, nhân viên và học sinh toàn ngành.",
        "Hoàn thành thắng lợi nhiệm vụ năm học 2025 - 2026.",
    ]
    assert recognised("LETTER").value("objectives") == ["hoàn thành sớm các nhiệm vụ quý I năm 2026"]
    assert recognised("EDUCATION").value("participants").startswith("Cán bộ quản lý, giáo viên, nhân viên")
    assert recognised("BARE").value("participants") == "toàn thể cán bộ, viên chức, người lao động"


def test_gaps_are_those_of_the_document():
    assert {"number", "day"} <= gaps(recognised("LETTER"))
    assert not gaps(recognised("HEALTH")) & {
        "number",
        "day",
        "month",
        "period",
        "interim_review",
        "final_review",
        "awards",
    }
    assert not gaps(recognised("EDUCATION")) & {
        "targets",
        "awards",
        "inspection",
        "interim_review",
        "participants",
    }
    assert {"agency", "number", "recipients", "place"} - gaps(recognised("BARE")) == {"agency"}


def test_addressees_of_a_letter():
    assert recognised("LETTER").value("addressees") == [
        "Các phòng, đơn vị thuộc Sở",
        "Ủy ban nhân dân các xã, phường, đặc khu",
    ]


def test_an_appendix_after_the_signature_is_read():
    found = recognised("EDUCATION")
    assert found.value("appendices") == ["PHỤ LỤC Bảng điểm thi đua năm học 2025 - 2026"]
    assert found.body[-1]["rows"][1] == ["1", "Chất lượng dạy học", "40"]


def test_the_file_name_gives_the_number_only_together_with_the_notation():
    found = recognised("LETTER", "145-SNNMT-VP phat dong.docx").fields["number"]
    assert (found.value, found.source) == ("145", "file_name")
    assert "number" not in recognised("LETTER", "2026-phat-dong.docx").fields
    assert "number" not in recognised("LETTER", "145.docx").fields
    assert recognised("HEALTH", "99-SYT-VP.docx").value("number") == "87"


def test_a_call_in_the_form_of_the_seed():
    found = recognised("CONSTRUCTION")
    assert values(found, *HEAD) == (
        "Sở Xây dựng", "UBND tỉnh Kon Tum", "315", "/", "SXD-VP", "Kon Tum", "2025-02-21", "phat_dong", "campaign",
    )  # fmt: skip
    assert found.value("name") == "Phong trào thi đua thực hiện thắng lợi nhiệm vụ ngành Xây dựng năm 2025"
    assert found.value("sides") == [
        "Đảng ủy",
        "Lãnh đạo Sở Xây dựng",
        "Ban Thường vụ Công đoàn ngành Xây dựng",
    ]
    assert [(row["text"], row["years"], row["from"], row["to"]) for row in found.value("occasions")] == [
        ("Kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam", 95, "1930-02-03", "2025-02-03"),
        ("50 năm Ngày giải phóng tỉnh Kon Tum", 50, "1975-03-16", "2025-03-16"),
        ("50 năm Ngày giải phóng miền Nam, thống nhất đất nước", 50, "1975-04-30", "2025-04-30"),
        ("135 năm Ngày sinh Chủ tịch Hồ Chí Minh", 135, "1890-05-19", "2025-05-19"),
        ("80 năm Cách mạng tháng Tám thành công", 80, "1945-08-19", "2025-08-19"),
        ("Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam", 80, "1945-09-02", "2025-09-02"),
        ("67 năm Ngày truyền thống ngành Xây dựng", 67, "1958-04-29", "2025-04-29"),
    ]
    assert [task["heading"] for task in found.value("tasks")] == [
        "", "Thẩm định dự án", "Nhà ở xã hội", "Cải cách hành chính", "Xóa nhà tạm, nhà dột nát", "Cơ quan văn hóa",
    ]  # fmt: skip
    assert found.value("slogans") == ["Kỷ cương, trách nhiệm, chủ động, kịp thời, sáng tạo, hiệu quả"]
    assert found.value("movements") == ["Cả nước chung tay xóa nhà tạm, nhà dột nát"]
    assert len(found.value("recipients")) == 7
    assert found.value("signature")["office_display"] == "Quyền Giám đốc"
    assert not gaps(found) & {"number", "day", "targets", "interim_review", "final_review"}


def test_a_call_of_two_sides_with_short_sections():
    found = recognised("CULTURE")
    assert values(found, "notation", "place", "issued_on") == ("PĐ-SVHTTDL-CĐ", "Quảng Ngãi", "2026")
    assert found.value("sides") == [
        "Giám đốc Sở Văn hóa, Thể thao và Du lịch",
        "Ban Chấp hành Công đoàn cơ sở Sở",
    ]
    assert found.value("objectives") == ["Tạo không khí thi đua sôi nổi, hoàn thành vượt mức kế hoạch quý II năm 2026."]
    assert found.value("participants") == "Cán bộ, công chức, viên chức và người lao động thuộc Sở"
    assert found.value("period") == {"from": "2026-04-20", "to": "2026-05-19", "year": 2026}
    assert [row["years"] for row in found.value("occasions")] == [136]
    assert [task["text"].split(",")[0] for task in found.value("tasks")] == [
        "Tổ chức thành công các hoạt động văn hóa",
        "Đẩy mạnh tuyên truyền",
        "Thực hiện tốt kỷ luật",
    ]
    assert [(row["office"], row["name"]) for row in found.value("signatures")] == [
        ("CHỦ TỊCH", "Bùi Văn Tiến"),
        ("GIÁM ĐỐC", "Tiêu Viết Thanh"),
    ]
