# ruff: noqa: E501 (paragraphs read better in one piece)
"""Campaign calls written for the tests: other departments, other layouts, other wording."""

from tests.search.extraction.writing import BULLETED, LETTERED, NUMBERED, center, docx, head, p, signature, table

HEALTH = (
    head(
        "UBND TỈNH QUẢNG NGÃI",
        "SỞ Y TẾ",
        "Số: 87/SYT-VP",
        "Quảng Ngãi, ngày 14 tháng 01 năm 2026",
    ),
    center("PHÁT ĐỘNG PHONG TRÀO THI ĐUA"),
    center("Chào mừng Đại hội đại biểu toàn quốc lần thứ XIV của Đảng"),
    center("và thực hiện thắng lợi nhiệm vụ ngành y tế năm 2026"),
    p(
        "Năm 2026 là năm đầu thực hiện Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Quảng Ngãi lần thứ XXI, nhiệm kỳ "
        "2025 - 2030, đồng thời là năm có nhiều ngày lễ lớn:",
        align="both",
    ),
    p("- Kỷ niệm 96 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 - 03/02/2026);", align="both"),
    p("- 71 năm Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2026);", align="both"),
    p("- Giỗ Tổ Hùng Vương (10/3 âm lịch);", align="both"),
    p("- 51 năm Ngày Giải phóng miền Nam, thống nhất đất nước (30/4/1975 - 30/4/2026);", align="both"),
    p("- 81 năm Ngày Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam (02/9/1945 - 02/9/2026).", align="both"),
    p(
        "Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị về tiếp tục đổi mới công tác thi đua, khen "
        "thưởng; Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh về tổ chức phong trào thi đua, với phương "
        "châm “Kỷ cương - Trách nhiệm - Y đức - Sáng tạo”, Ban Giám đốc Sở Y tế phối hợp với Công đoàn ngành Y tế "
        "phát động phong trào thi đua trong toàn ngành với các nội dung sau:",
        align="both",
    ),
    p("I. NỘI DUNG THI ĐUA", bold=True, align="both"),
    p("a) Nâng cao chất lượng khám bệnh, chữa bệnh, hướng tới sự hài lòng của người bệnh.", align="both"),
    p("b) Chủ động phòng, chống dịch bệnh; bảo đảm an toàn thực phẩm trên địa bàn.", align="both"),
    p("c) Đẩy mạnh chuyển đổi số, triển khai hồ sơ sức khỏe điện tử.", align="both"),
    p("d) Thực hiện nghiêm quy tắc ứng xử, nâng cao y đức; hưởng ứng phong trào “Người tốt, việc tốt”.", align="both"),
    p("II. THỜI GIAN", bold=True, align="both"),
    p("Phong trào thi đua thực hiện từ ngày 15/01/2026 đến hết ngày 30/11/2026.", align="both"),
    p("III. TỔ CHỨC THỰC HIỆN", bold=True, align="both"),
    p("1. Sơ kết vào tháng 6, tổng kết vào tháng 12 năm 2026.", align="both"),
    p("2. Tập thể, cá nhân có thành tích xuất sắc được đề nghị khen thưởng theo quy định.", align="both"),
    p("Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.", align="both"),
    signature(
        ["- Bộ Y tế (b/c);", "- UBND tỉnh (b/c);", "- Các đơn vị trực thuộc;", "- Cổng TTĐT Sở Y tế;", "- Lưu: VT, TCCB."],
        ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "(Đã ký)", "", "Phạm Thị Hoà"],
    ),
)  # fmt: skip

EDUCATION = (
    p("UBND TỈNH GIA LAI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True),
    p("SỞ GIÁO DỤC VÀ ĐÀO TẠO\tĐộc lập - Tự do - Hạnh phúc", bold=True),
    p("Số: 1234/KH-SGDĐT\tGia Lai, ngày 05 tháng 9 năm 2025"),
    p("----------"),
    center("KẾ HOẠCH"),
    center("Phát động phong trào thi đua “Dạy tốt, học tốt” năm học 2025 - 2026"),
    p("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", italic=True, align="both"),
    p("Căn cứ Quyết định số 45/QĐ-UBND ngày 20/8/2025 của UBND tỉnh Gia Lai ban hành kế hoạch thời gian năm học.",
      italic=True, align="both"),
    p("Sở Giáo dục và Đào tạo ban hành Kế hoạch phát động phong trào thi đua như sau:", align="both"),
    p("I. MỤC ĐÍCH, YÊU CẦU", bold=True),
    p("1. Mục đích", bold=True),
    p("- Tạo khí thế thi đua sôi nổi trong cán bộ quản lý, giáo viên, nhân viên và học sinh toàn ngành."),
    p("- Hoàn thành thắng lợi nhiệm vụ năm học 2025 - 2026."),
    p("2. Yêu cầu", bold=True),
    p("- Phong trào phải thiết thực, tránh hình thức."),
    p("II. ĐỐI TƯỢNG THI ĐUA", bold=True),
    p("Cán bộ quản lý, giáo viên, nhân viên và học sinh các cơ sở giáo dục trên địa bàn tỉnh."),
    p("III. NỘI DUNG THI ĐUA", bold=True),
    p("1. **Đổi mới phương pháp dạy học:** bảo đảm 100% giáo viên ứng dụng công nghệ trong dạy học."),
    p("- Mỗi giáo viên có ít nhất một sáng kiến."),
    p("2. **Chuyển đổi số trong quản lý:** triển khai học bạ số ở tất cả các trường."),
    p("3. Xây dựng trường học đạt chuẩn quốc gia, phấn đấu đạt 65% số trường."),
    p("IV. TIÊU CHÍ VÀ KHEN THƯỞNG", bold=True),
    p("1. Tiêu chí thi đua thực hiện theo Phụ lục kèm theo."),
    p("2. Sở tặng Giấy khen cho tập thể, cá nhân tiêu biểu."),
    p("V. TỔ CHỨC THỰC HIỆN", bold=True),
    p("1. Thời gian thực hiện: từ tháng 9 năm 2025 đến tháng 5 năm 2026."),
    p("2. Giao Văn phòng Sở theo dõi, đôn đốc, kiểm tra; sơ kết học kỳ I trong tháng 01/2026./."),
    p("Nơi nhận:\tGIÁM ĐỐC", bold=True),
    p("- Bộ GDĐT (để b/c);"),
    p("- Các phòng thuộc Sở;"),
    p("- Website Sở;"),
    p("- Lưu: VT, VP."),
    p("\tTrần Bá Công", bold=True),
    center("PHỤ LỤC"),
    center("Bảng điểm thi đua năm học 2025 - 2026"),
    table([["TT", "Tiêu chí", "Điểm"], ["1", "Chất lượng dạy học", "40"], ["2", "Chuyển đổi số", "30"]], bordered=True),
)  # fmt: skip

LETTER = (
    head(
        "",
        "SỞ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG TỈNH QUẢNG NGÃI",
        "Số:         /SNNMT-VP",
        "Quảng Ngãi, ngày      tháng 02 năm 2026",
        "V/v phát động đợt thi đua cao điểm",
        "lập thành tích chào mừng ngày bầu cử",
    ),
    p("Kính gửi:", align="center"),
    p("- Các phòng, đơn vị thuộc Sở;"),
    p("- Ủy ban nhân dân các xã, phường, đặc khu."),
    p("Hướng tới Ngày bầu cử đại biểu Quốc hội khóa XVI và kỷ niệm 95 năm Ngày thành lập Đoàn TNCS Hồ Chí Minh "
      "(26/3/1931 - 26/3/2026), Sở Nông nghiệp và Môi trường và Công đoàn Sở phát động đợt thi đua cao điểm với chủ đề "
      "“Bám cơ sở, gỡ vướng mắc, về đích sớm” trong toàn ngành nhằm mục tiêu hoàn thành sớm các nhiệm vụ quý I năm 2026, "
      "cụ thể các nhiệm vụ trọng tâm như sau:", align="both"),
    p("Hoàn thành cấp giấy chứng nhận quyền sử dụng đất lần đầu cho 95% diện tích đủ điều kiện.", list_id=NUMBERED),
    p("Rà soát, xử lý dứt điểm các cơ sở gây ô nhiễm môi trường.", list_id=NUMBERED),
    p("Tăng cường quản lý rừng, chủ động phòng cháy, chữa cháy rừng.", list_id=NUMBERED),
    p("Thời gian thi đua: từ ngày 10/02 đến ngày 15/3/2026.", align="both"),
    p("Nhận được văn bản này, đề nghị các đơn vị triển khai thực hiện./.", align="both"),
    table([[
        [center("TM. BAN CHẤP HÀNH CÔNG ĐOÀN"), center("CHỦ TỊCH"), p(), center("Lê Văn Tâm")],
        [center("TM. BAN LÃNH ĐẠO SỞ"), center("GIÁM ĐỐC"), p(), center("Nguyễn Đức Bình")],
    ]]),
    p("Nơi nhận:", bold=True),
    p("- Như trên;"),
    p("- Giám đốc, các Phó Giám đốc Sở;"),
    p("- Lưu: VT, VP."),
)  # fmt: skip

BARE = (
    center("LỜI KÊU GỌI THI ĐUA"),
    center("Năm 2025"),
    p("Chào mừng 80 năm Ngày Cách mạng tháng Tám thành công (19/8/1945 - 19/8/2025) và Ngày Quốc khánh 2/9; "
      "Trung tâm Kiểm soát bệnh tật tỉnh Gia Lai kêu gọi toàn thể cán bộ, viên chức, người lao động đẩy mạnh phong "
      "trào thi đua yêu nước, thực hiện khẩu hiệu “Nhanh hơn - Chuẩn hơn - Gần dân hơn” với những nhiệm vụ sau:",
      align="both"),
    p("Thực hiện tốt công tác tiêm chủng mở rộng;", list_id=BULLETED),
    p("Đẩy mạnh truyền thông giáo dục sức khỏe;", list_id=BULLETED),
    p("Thực hành tiết kiệm, chống lãng phí.", list_id=BULLETED),
    p("Mỗi cán bộ, viên chức hãy hăng hái thi đua./."),
    center("GIÁM ĐỐC"),
    center("Đinh Hà Nam"),
)  # fmt: skip

TRADE_UNION = (
    head(
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH GIA LAI",
        "CÔNG ĐOÀN NGÀNH XÂY DỰNG",
        "Số: 09/KH-CĐN",
        "Pleiku, ngày 20 tháng 3 năm 2025",
    ),
    p("KẾ HOẠCH TỔ CHỨC, PHÁT ĐỘNG PHONG TRÀO THI ĐUA “LAO ĐỘNG GIỎI, LAO ĐỘNG SÁNG TẠO” NĂM 2025 CỦA CÔNG ĐOÀN "
      "NGÀNH XÂY DỰNG TỈNH GIA LAI", align="center", bold=True),
    p("Thực hiện Kế hoạch số 15/KH-LĐLĐ ngày 10/02/2025 của Liên đoàn Lao động tỉnh Gia Lai, Ban Chấp hành Công đoàn "
      "ngành Xây dựng xây dựng Kế hoạch tổ chức phong trào thi đua năm 2025 như sau:", align="both"),
    p("Mục đích", list_id=NUMBERED, bold=True),
    p("Động viên đoàn viên, người lao động phấn đấu hoàn thành vượt mức kế hoạch năm 2025.", align="both"),
    p("Nội dung thi đua", list_id=NUMBERED, bold=True),
    p("Thi đua phát huy sáng kiến, cải tiến kỹ thuật trên các công trình.", list_id=LETTERED),
    p("Thi đua bảo đảm an toàn lao động, vệ sinh lao động.", list_id=LETTERED),
    p("Tổ chức thực hiện", list_id=NUMBERED, bold=True),
    p("Tổng kết phong trào trước ngày 15/12/2025.", align="both"),
    signature(
        ["- LĐLĐ tỉnh (b/c);", "- CĐCS trực thuộc;", "- Lưu: VP."],
        ["TM. BAN CHẤP HÀNH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Rơ Châm H’Loan"],
    ),
)  # fmt: skip


FINANCE = (
    head("UBND TỈNH GIA LAI", "SỞ TÀI CHÍNH", "Số: 412/STC-VP", "Gia Lai, ngày 03 tháng 02 năm 2025"),
    p(),
    center("PHÁT ĐỘNG"),
    center("PHONG TRÀO THI ĐUA YÊU NƯỚC NĂM 2025"),
    p("Trong không khí kỷ niệm 95 năm Ngày thành lập Đảng (3/2/1930 - 3/2/2025), mừng Tết Nguyên đán Ất Tỵ và hướng tới "
      "80 năm Ngày truyền thống ngành Tài chính (28/8/1945 - 28/8/2025); thực hiện lời dạy của Bác Hồ: “Thi đua là yêu "
      "nước, yêu nước thì phải thi đua”; Lãnh đạo Sở Tài chính, Ban Chấp hành Công đoàn cơ sở và Đoàn Thanh niên thống "
      "nhất phát động phong trào thi đua năm 2025 với khẩu hiệu hành động “Chuẩn mực, trách nhiệm, hiệu quả”.",
      align="both"),
    p("1. Nhiệm vụ trọng tâm", bold=True, align="both"),
    p("1.1. Phấn đấu thu ngân sách nhà nước vượt dự toán được giao.", align="both"),
    p("1.2. Đẩy nhanh tiến độ giải ngân vốn đầu tư công.", align="both"),
    p("1.3. Thực hành tiết kiệm, chống lãng phí trong chi tiêu.", align="both"),
    p("2. Các phong trào khác", bold=True, align="both"),
    p("Hưởng ứng phong trào “Cả nước thi đua thực hành tiết kiệm, chống lãng phí” do Thủ tướng Chính phủ phát động./.",
      align="both"),
    p("GIÁM ĐỐC\t\tCHỦ TỊCH CÔNG ĐOÀN", bold=True),
    p(),
    p("Nguyễn Ngọc Thiên\t\tTrịnh Thị Mai", bold=True),
    p("Nơi nhận:", bold=True),
    p("- Các phòng, đơn vị thuộc Sở;"),
    p("- Lưu: VT, VP."),
)  # fmt: skip

COMMUNE = (
    table([
        [center("ỦY BAN NHÂN DÂN\nXÃ BA TƠ"), center("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc")],
        [center("Số: 31 /CTPĐ-UBND", bold=False), p("Ba Tơ, ngày 02 tháng 3 năm 2026", align="center", italic=True)],
    ]),
    center("PHÁT ĐỘNG THI ĐUA"),
    center("Xây dựng xã nông thôn mới nâng cao năm 2026"),
    p("Ủy ban nhân dân xã phối hợp với Ủy ban Mặt trận Tổ quốc Việt Nam xã phát động thi đua xây dựng xã nông thôn mới "
      "nâng cao năm 2026.", align="both"),
    p("Nội dung thi đua:", align="both", bold=True),
    p("+ Giao thông nông thôn: vận động Nhân dân hiến đất làm đường.", align="both"),
    p("+ Vệ sinh môi trường: ra quân dọn vệ sinh vào sáng thứ Bảy hằng tuần.", align="both"),
    p("Đợt thi đua thực hiện từ ngày phát động đến hết ngày 31/12/2026./.", align="both"),
    signature(
        ["- UBND tỉnh (b/c);", "- TT Đảng ủy, HĐND xã;", "- Trưởng các thôn;", "- Trang TTĐT xã;", "- Lưu: VT."],
        ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Phạm Xuân Vinh"],
    ),
)  # fmt: skip


CONSTRUCTION = (head("UBND TỈNH KON TUM","SỞ XÂY DỰNG","Số: 315/SXD-VP","Kon Tum, ngày 21 tháng 02 năm 2025"),
 center("PHÁT ĐỘNG PHONG TRÀO THI ĐUA"),center("Thực hiện thắng lợi nhiệm vụ ngành Xây dựng"),center("năm 2025"),
 p("Năm 2025 là năm cuối thực hiện Nghị quyết Đại hội Đảng bộ tỉnh Kon Tum lần thứ XVI, nhiệm kỳ 2020-2025; năm diễn ra nhiều sự kiện trọng đại: Kỷ niệm 95 năm Ngày thành lập Đảng Cộng sản Việt Nam (03/02/1930 - 03/02/2025), 50 năm Ngày giải phóng tỉnh Kon Tum (16/3/1975 - 16/3/2025), 50 năm Ngày giải phóng miền Nam, thống nhất đất nước (30/4/1975 - 30/4/2025); 135 năm Ngày sinh Chủ tịch Hồ Chí Minh (19/5/1890 - 19/5/2025), 80 năm Cách mạng tháng Tám thành công (19/8/1945 - 19/8/2025) và Quốc khánh nước Cộng hòa xã hội chủ nghĩa Việt Nam (02/9/1945 - 02/9/2025); 67 năm Ngày truyền thống ngành Xây dựng (29/4/1958 - 29/4/2025). Với chủ đề “Kỷ cương, trách nhiệm, chủ động, kịp thời, sáng tạo, hiệu quả”, toàn ngành quyết tâm hoàn thành nhiệm vụ.",align="both"),
 p("Phát huy những kết quả đạt được, Đảng ủy, Lãnh đạo Sở Xây dựng và Ban Thường vụ Công đoàn ngành Xây dựng phát động phong trào thi đua năm 2025 trong toàn ngành với những nội dung sau:",align="both"),
 p("1. Các phòng, đơn vị tập trung thực hiện tốt các nhiệm vụ sau:",bold=True,align="both"),
 p("- Thi đua hoàn thành 100% nhiệm vụ UBND tỉnh giao theo Quyết định số 01/QĐ-UBND ngày 02/01/2025 của UBND tỉnh Kon Tum về giao chỉ tiêu kế hoạch năm 2025.",align="both"),
 p("- Thi đua nâng cao chất lượng công tác thẩm định dự án, quản lý chất lượng công trình xây dựng;",align="both"),
 p("- Thi đua đẩy mạnh phát triển nhà ở xã hội, xóa nhà tạm, nhà dột nát.",align="both"),
 p("- Thi đua thực hiện cải cách hành chính, chuyển đổi số.",align="both"),
 p("- Hưởng ứng phong trào “Cả nước chung tay xóa nhà tạm, nhà dột nát” do Thủ tướng Chính phủ phát động.",align="both"),
 p("- Thi đua xây dựng cơ quan văn hóa.",align="both"),
 p("2. Về tổ chức thực hiện: sơ kết 6 tháng vào tháng 7/2025, tổng kết vào tháng 12/2025.",align="both"),
 p("Lãnh đạo Sở Xây dựng kêu gọi toàn thể công chức, viên chức, người lao động trong ngành hăng hái thi đua./.",align="both"),
 signature(["- UBND tỉnh;","- Ban TĐKT tỉnh (Sở Nội vụ);","- Đảng ủy Sở;","- Các phòng, đơn vị thuộc Sở;","- Phòng Kinh tế và Hạ tầng các huyện;","- Trang TTĐT Sở;","- Lưu: VT, VP (02)."],["Q. GIÁM ĐỐC","","","Võ Văn Tư"]))  # fmt: skip

CULTURE = (table([["SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH",[center("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),center("Độc lập - Tự do - Hạnh phúc")]],["BAN CHẤP HÀNH CÔNG ĐOÀN",""],["Số:      /PĐ-SVHTTDL-CĐ",p("Quảng Ngãi, ngày ... tháng ... năm 2026",italic=True)]]),
 center("PHÁT ĐỘNG"),center("Đợt thi đua đặc biệt chào mừng kỷ niệm 136 năm Ngày sinh Chủ tịch Hồ Chí Minh"),center("(19/5/1890 - 19/5/2026)",bold=False),center("__________"),
 p("Thực hiện Công văn số 1200/UBND-NC ngày 15/4/2026 của UBND tỉnh Quảng Ngãi về việc phát động đợt thi đua; Giám đốc Sở Văn hóa, Thể thao và Du lịch cùng Ban Chấp hành Công đoàn cơ sở Sở phát động đợt thi đua đặc biệt với các nội dung như sau:"),
 p("1. Mục tiêu: Tạo không khí thi đua sôi nổi, hoàn thành vượt mức kế hoạch quý II năm 2026."),
 p("2. Đối tượng: Cán bộ, công chức, viên chức và người lao động thuộc Sở."),
 p("3. Thời gian: Từ ngày 20/4/2026 đến ngày 19/5/2026."),
 p("4. Nội dung thi đua:"),
 p("a) Tổ chức thành công các hoạt động văn hóa, văn nghệ, thể dục, thể thao;"),
 p("b) Đẩy mạnh tuyên truyền, quảng bá du lịch;"),
 p("c) Thực hiện tốt kỷ luật, kỷ cương hành chính."),
 p("5. Khen thưởng: Giám đốc Sở tặng Giấy khen cho 05 tập thể, 10 cá nhân tiêu biểu./."),
 table([[[p("Nơi nhận:",bold=True),p("- UBND tỉnh;"),p("- Công đoàn Viên chức tỉnh;"),p("- Cổng thông tin điện tử Sở;"),p("- Lưu VT, CĐ.")],[center("TM. BCH CÔNG ĐOÀN"),center("CHỦ TỊCH"),center("Bùi Văn Tiến")],[center("GIÁM ĐỐC"),p(),center("ThS. Tiêu Viết Thanh")]]]))  # fmt: skip


def written(body) -> bytes:
    """The .docx of one of the calls above."""
    return docx(*body)
