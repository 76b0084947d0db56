"""Names of laws, codes and ordinances as sentences cite them, without number; pure data.

Decree 30/2020/NĐ-CP has laws cited by name alone. A known name tells where the title ends ("Luật Đất đai và
các văn bản hướng dẫn"); other names are recognised when a year, a number or a full stop ends them.
"""

from __future__ import annotations

_LAW_NAME_LIST = """
An ninh mạng; An ninh quốc gia; An toàn thông tin mạng; An toàn thực phẩm; An toàn, vệ sinh lao động; Ban
hành văn bản quy phạm pháp luật; Báo chí; Bảo hiểm xã hội; Bảo hiểm y tế; Bảo vệ bí mật nhà nước; Bảo vệ dữ
liệu cá nhân; Bảo vệ môi trường; Bảo vệ và phát triển rừng; Bảo vệ quyền lợi người tiêu dùng; Bình đẳng
giới; Cán bộ, công chức; Căn cước; Chăn nuôi; Chính quyền địa phương; Chuyển đổi số; Công chứng; Công đoàn;
Công nghệ thông tin; Cư trú; Di sản văn hóa; Dân quân tự vệ; Doanh nghiệp; Du lịch; Dược; Đa dạng sinh học;
Đấu giá tài sản; Đấu thầu; Đất đai; Đầu tư; Đầu tư công; Đê điều; Địa chất và khoáng sản; Điện lực; Đo đạc
và bản đồ; Giá; Giáo dục; Giáo dục đại học; Giáo dục nghề nghiệp; Giao dịch điện tử; Giao thông đường bộ;
Hòa giải ở cơ sở; Hôn nhân và gia đình; Hợp tác xã; Khám bệnh, chữa bệnh; Khí tượng thủy văn; Khiếu nại;
Khoa học và công nghệ; Khoáng sản; Kế toán; Kiểm toán nhà nước; Kinh doanh bất động sản; Kiến trúc; Lao
động; Lâm nghiệp; Lưu trữ; Ngân hàng; Ngân sách nhà nước; Người cao tuổi; Người khuyết tật; Nhà ở; Nghĩa vụ
quân sự; Phòng cháy, chữa cháy; Phòng cháy và chữa cháy; Phòng, chống bạo lực gia đình; Phòng, chống ma túy;
Phòng, chống rửa tiền; Phòng, chống tham nhũng; Phòng, chống thiên tai; Phổ biến, giáo dục pháp luật; Quản
lý, sử dụng tài sản công; Quản lý thuế; Quảng cáo; Quy hoạch; Quy hoạch đô thị và nông thôn; Quốc phòng; Sở
hữu trí tuệ; Sĩ quan Quân đội nhân dân Việt Nam; Sử dụng năng lượng tiết kiệm và hiệu quả; Tài nguyên nước;
Tài nguyên, môi trường biển và hải đảo; Thanh niên; Thanh tra; Thi đua, khen thưởng; Thi đua, Khen thưởng;
Thi hành án dân sự; Thi hành án hình sự; Thống kê; Thú y; Thuế bảo vệ môi trường; Thuế giá trị gia tăng;
Thuế sử dụng đất phi nông nghiệp; Thuế tài nguyên; Thuế thu nhập cá nhân; Thuế thu nhập doanh nghiệp; Thủ
đô; Thủy lợi; Thủy sản; Thư viện; Thực hành tiết kiệm, chống lãng phí; Thực hiện dân chủ ở cơ sở; Tiếp cận
thông tin; Tiếp công dân; Tiêu chuẩn và quy chuẩn kỹ thuật; Tín ngưỡng, tôn giáo; Tố cáo; Tố tụng dân sự; Tố
tụng hành chính; Tố tụng hình sự; Tổ chức Chính phủ; Tổ chức chính quyền địa phương; Tổ chức Quốc hội; Trách
nhiệm bồi thường của Nhà nước; Trẻ em; Trồng trọt; Trưng cầu ý dân; Viên chức; Viễn thông; Việc làm; Xây
dựng; Xử lý vi phạm hành chính; Xuất bản; Dân sự; Hình sự; Hàng hải Việt Nam; Mặt trận Tổ quốc Việt Nam; Bầu
cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân; Ưu đãi người có công với cách mạng; Cựu chiến binh; Cảnh
sát môi trường; Các tổ chức tín dụng; Cạnh tranh; Chất lượng sản phẩm, hàng hóa; Chứng khoán; Chuyển giao công
nghệ; Công an nhân dân; Công nghệ cao; Cơ quan đại diện nước Cộng hòa xã hội chủ nghĩa Việt Nam ở nước ngoài;
Dữ liệu; Đầu tư theo phương thức đối tác công tư; Đo lường; Đường bộ; Đường sắt; Giáo dục quốc phòng và an ninh;
Giao thông đường thủy nội địa; Hải quan; Hộ tịch; Hoạt động giám sát của Quốc hội và Hội đồng nhân dân; Hỗ trợ
doanh nghiệp nhỏ và vừa; Kinh doanh bảo hiểm; Luật sư; Lý lịch tư pháp; Năng lượng nguyên tử; Ngân hàng Nhà nước
Việt Nam; Nhà giáo; Phí và lệ phí; Phòng, chống bệnh truyền nhiễm; Phòng, chống khủng bố; Phòng, chống mua bán
người; Phòng, chống tác hại của rượu, bia; Phòng, chống tác hại của thuốc lá; Phòng thủ dân sự; Quản lý ngoại
thương; Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp; Quốc tịch Việt Nam; Quy
hoạch đô thị; Thể dục, thể thao; Thuế tiêu thụ đặc biệt; Thuế xuất khẩu, thuế nhập khẩu; Thương mại; Tổ chức HĐND
và UBND; Tổ chức Hội đồng nhân dân và Ủy ban nhân dân; Tổ chức Tòa án nhân dân; Tổ chức Viện kiểm sát nhân dân;
Trật tự, an toàn giao thông đường bộ; Trợ giúp pháp lý; Điện ảnh
"""

#: The names, longest first, so that "Đầu tư công" is not read as "Đầu tư".
LAW_NAMES = tuple(
    sorted({" ".join(name.split()) for name in _LAW_NAME_LIST.split(";")}, key=lambda name: (-len(name), name))
)
