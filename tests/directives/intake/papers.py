# ruff: noqa: E501 (paragraphs read better in one piece)
"""Ordinary documents written for the tests: decision, letter, plan, notice, guideline, Party resolution."""

from tests.search.extraction.writing import center, docx, head, p, signature, table, text_box

DECISION = (
    head("UBND TỈNH QUẢNG NGÃI", "SỞ Y TẾ", "Số: 412/QĐ-SYT", "Quảng Ngãi, ngày 09 tháng 02 năm 2026"),
    center("QUYẾT ĐỊNH"),
    center("Về việc ban hành Quy chế quản lý, sử dụng tài sản công"),
    center("của Sở Y tế tỉnh Quảng Ngãi"),
    center("GIÁM ĐỐC SỞ Y TẾ TỈNH QUẢNG NGÃI"),
    p("Căn cứ Luật Quản lý, sử dụng tài sản công ngày 21 tháng 6 năm 2017;", italic=True, align="both"),
    p("Căn cứ Nghị định số 151/2017/NĐ-CP ngày 26 tháng 12 năm 2017 của Chính phủ quy định chi tiết một số điều của "
      "Luật Quản lý, sử dụng tài sản công;", italic=True, align="both"),
    p("Theo đề nghị của Trưởng phòng Kế hoạch - Tài chính.", italic=True, align="both"),
    center("QUYẾT ĐỊNH:"),
    p("**Điều 1.** Ban hành kèm theo Quyết định này Quy chế quản lý, sử dụng tài sản công của Sở Y tế.", align="both"),
    p("**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 120/QĐ-SYT ngày 03/3/2020.",
      align="both"),
    p("**Điều 3.** Chánh Văn phòng Sở, các phòng và đơn vị có liên quan chịu trách nhiệm thi hành./.", align="both"),
    signature(
        ["- Như Điều 3;", "- Sở Tài chính;", "- Lưu: VT, KHTC."],
        ["GIÁM ĐỐC", "", "", "Nguyễn Thị Ánh Lan"],
    ),
    center("QUY CHẾ"),
    p("Điều 1. Phạm vi điều chỉnh", bold=True),
    p("Quy chế này quy định việc quản lý tài sản công."),
)  # fmt: skip

LETTER = (
    head(
        "UBND TỈNH GIA LAI", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 2051/SGDĐT-QLCL",
        "Gia Lai, ngày 17 tháng 11 năm 2025",
        "V/v tổ chức khảo sát chất lượng", "học sinh lớp 12 năm học 2025 - 2026",
    ),
    text_box("HỎA TỐC"),
    p("Kính gửi: Các trường trung học phổ thông trên địa bàn tỉnh.", align="center"),
    p("Thực hiện Kế hoạch số 1988/KH-SGDĐT ngày 01/11/2025 của Sở Giáo dục và Đào tạo, Sở hướng dẫn như sau:",
      align="both"),
    p("1. Thời gian khảo sát: ngày 25/12/2025.", align="both"),
    p("2. Đề khảo sát do Sở Giáo dục và Đào tạo biên soạn, bảo mật theo quy định.", align="both"),
    p("Đề nghị các trường triển khai thực hiện./.", align="both"),
    signature(
        ["- Như trên;", "- Giám đốc, các Phó Giám đốc (để chỉ đạo);", "- Lưu: VT, QLCL (03b)."],
        ["TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG QUẢN LÝ CHẤT LƯỢNG", "", "", "Võ Minh Thuỳ"],
    ),
)  # fmt: skip

PLAN = (
    head("", "ỦY BAN NHÂN DÂN\nTỈNH KON TUM", "Số: 3061/KH-UBND", "Kon Tum, ngày 04 tháng 9 năm 2024"),
    center("KẾ HOẠCH"),
    center("Chuyển đổi số tỉnh Kon Tum giai đoạn 2024 - 2025"),
    p("I. MỤC TIÊU", bold=True),
    p("1. Mục tiêu chung", bold=True),
    p("Nâng cao hiệu lực, hiệu quả quản lý nhà nước.", align="both"),
    p("2. Mục tiêu cụ thể", bold=True),
    p("a) 100% thủ tục hành chính đủ điều kiện được cung cấp trực tuyến toàn trình.", align="both"),
    p("b) 80% hồ sơ được xử lý trên môi trường mạng.", align="both"),
    p("II. NHIỆM VỤ", bold=True),
    p("1. Hạ tầng số: mở rộng mạng truyền số liệu chuyên dùng.", align="both"),
    p("Trên đây là Kế hoạch của Ủy ban nhân dân tỉnh./.", align="both"),
    signature(
        ["- Bộ TT&TT (b/c);", "- CT, các PCT UBND tỉnh;", "- Cổng Thông tin điện tử tỉnh;", "- Lưu: VT, KGVX."],
        ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Y Ngọc"],
    ),
)  # fmt: skip

NOTICE = (
    p("UBND TỈNH QUẢNG NGÃI", align="center"),
    p("VĂN PHÒNG", align="center", bold=True),
    p("Số: 77/TB-VP", align="center"),
    p("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", align="center", bold=True),
    p("Độc lập - Tự do - Hạnh phúc", align="center", bold=True),
    p("Quảng Ngãi, ngày 28 tháng 10 năm 2025", align="right", italic=True),
    p("THÔNG BÁO KẾT LUẬN CỦA CHỦ TỊCH UBND TỈNH TẠI CUỘC HỌP VỀ CÔNG TÁC PHÒNG CHÁY RỪNG", align="center", bold=True),
    p("Ngày 25/10/2025, Chủ tịch UBND tỉnh chủ trì cuộc họp về công tác phòng cháy rừng. Sau khi nghe báo cáo, Chủ tịch "
      "UBND tỉnh kết luận như sau:"),
    p("1. Giao Chi cục Kiểm lâm chủ trì tham mưu."),
    p("2. Các địa phương báo cáo trước ngày 15/11/2025."),
    p("Nơi nhận:"),
    p("- Thường trực Tỉnh ủy (b/c);"),
    p("- Các sở, ban ngành;"),
    p("- Lưu: VT, KTN."),
    p("TUQ. CHÁNH VĂN PHÒNG", align="right", bold=True),
    p("PHÓ CHÁNH VĂN PHÒNG", align="right", bold=True),
    p("Lê Quốc Đạt", align="right", bold=True),
)  # fmt: skip

JOINT_GUIDELINE = (
    head(
        "UBND TỈNH GIA LAI", "SỞ Y TẾ - SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 05/HDLN-SYT-SGDĐT",
        "Gia Lai, ngày 3 tháng 12 năm 2025",
    ),
    center("HƯỚNG DẪN"),
    center("Phối hợp công tác y tế trường học"),
    p("Để triển khai công tác y tế trường học, liên ngành hướng dẫn như sau:", align="both"),
    p("1. Khám sức khỏe định kỳ cho học sinh.", align="both"),
    p("2. Phòng, chống dịch bệnh trong trường học.", align="both"),
    table([
        [[center("SỞ GIÁO DỤC VÀ ĐÀO TẠO"), center("KT. GIÁM ĐỐC"), center("PHÓ GIÁM ĐỐC")],
         [center("SỞ Y TẾ"), center("GIÁM ĐỐC")]],
        [[center("Huỳnh Minh Thuận")], [center("TS. Lý Minh Thái")]],
    ]),
    p("Nơi nhận:", bold=True),
    p("- UBND tỉnh;"),
    p("- Phòng VH-XH các xã, phường;"),
    p("- Lưu: VT 02 Sở."),
)  # fmt: skip

PARTY = (
    table([[
        [center("ĐẢNG BỘ TỈNH QUẢNG NGÃI", bold=False), center("ĐẢNG ỦY SỞ Y TẾ"), center("*"), center("Số 05-NQ/ĐU", bold=False)],
        [center("ĐẢNG CỘNG SẢN VIỆT NAM"), p("Quảng Ngãi, ngày 15 tháng 8 năm 2025", align="center", italic=True)],
    ]]),
    center("NGHỊ QUYẾT"),
    center("về lãnh đạo thực hiện nhiệm vụ 6 tháng cuối năm 2025"),
    p("I- TÌNH HÌNH", bold=True),
    p("Đảng bộ đã lãnh đạo hoàn thành các chỉ tiêu.", align="both"),
    p("II- NHIỆM VỤ, GIẢI PHÁP", bold=True),
    p("Tập trung sắp xếp tổ chức bộ máy theo Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương.",
      align="both"),
    table([[
        [p("Nơi nhận:"), p("- Ban Thường vụ Tỉnh ủy (b/c),"), p("- Các chi bộ trực thuộc,"), p("- Lưu Đảng ủy.")],
        [center("T/M ĐẢNG ỦY"), center("BÍ THƯ"), p(), center("Phạm Minh Đức")],
    ]]),
)  # fmt: skip


HEADLESS_DECISION = (
    center("QUYẾT ĐỊNH"),
    center("Về việc khen thưởng tập thể, cá nhân"),
    center("GIÁM ĐỐC SỞ Y TẾ TỈNH QUẢNG NGÃI"),
    p("Căn cứ Luật Thi đua, khen thưởng;", align="both"),
    p("Điều 1. Tặng Giấy khen cho 05 tập thể.", align="both"),
    center("GIÁM ĐỐC"),
    center("Nguyễn Thị Ánh Lan"),
)


def written(body) -> bytes:
    """The .docx of one of the documents above."""
    return docx(*body)
