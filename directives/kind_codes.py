"""Codes and words by which documents name their kind, as the recogniser knows them; pure data.

The catalogue of kinds holds labels, validity and basis, and overrides what is shown; these tables only let
the grammar read a number or a sentence of any year.

Source: Decree 30/2020/NĐ-CP, appendix III (administrative kinds and copies); Guideline 05-HD/VPTW (Party).
"""

from __future__ import annotations

from collections.abc import Mapping

Kinds = tuple[str, ...]

#: Administrative documents (văn bản hành chính), in the order of the decree.
ADMINISTRATIVE: Mapping[str, Kinds] = {
    "NQ": ("nghi_quyet",),
    "QĐ": ("quyet_dinh",),
    "CT": ("chi_thi",),
    "QC": ("quy_che",),
    "QyĐ": ("quy_dinh",),
    "TC": ("thong_cao",),
    "TB": ("thong_bao",),
    "HD": ("huong_dan",),
    "CTr": ("chuong_trinh",),
    "KH": ("ke_hoach",),
    "PA": ("phuong_an",),
    "ĐA": ("de_an",),
    "DA": ("du_an",),
    "BC": ("bao_cao",),
    "BB": ("bien_ban",),
    "TTr": ("to_trinh",),
    "HĐ": ("hop_dong",),
    "CĐ": ("cong_dien",),
    "BGN": ("ban_ghi_nho",),
    "BTT": ("ban_thoa_thuan",),
    "GUQ": ("giay_uy_quyen",),
    "GM": ("giay_moi",),
    "GGT": ("giay_gioi_thieu",),
    "GNP": ("giay_nghi_phep",),
    "PG": ("phieu_gui",),
    "PC": ("phieu_chuyen",),
    "PB": ("phieu_bao",),
}

COPIES: Mapping[str, Kinds] = {"SY": ("ban_sao_y",), "TrS": ("ban_trich_sao",), "SL": ("ban_sao_luc",)}

#: Legal normative documents (văn bản quy phạm pháp luật): the year stands between number and code.
LEGAL: Mapping[str, Kinds] = {
    "NĐ": ("nghi_dinh",),
    "TT": ("thong_tu",),
    "TTLT": ("thong_tu_lien_tich",),
    "NQLT": ("nghi_quyet_lien_tich",),
    "VBHN": ("van_ban_hop_nhat",),
    "PL": ("phap_lenh",),
    "L": ("lenh",),
    "NQ": ("nghi_quyet",),
    "QĐ": ("quyet_dinh",),
    "CT": ("chi_thi",),
}

#: Party documents; two kinds share QĐ, the words around the number tell which.
PARTY: Mapping[str, Kinds] = {
    "NQ": ("nghi_quyet",),
    "QĐ": ("quyet_dinh", "quy_dinh"),
    "QĐi": ("quy_dinh",),
    "CT": ("chi_thi",),
    "KL": ("ket_luan",),
    "QC": ("quy_che",),
    "TT": ("thong_tri",),
    "HD": ("huong_dan",),
    "TB": ("thong_bao",),
    "TC": ("thong_cao",),
    "TTr": ("to_trinh",),
    "CTr": ("chuong_trinh",),
    "KH": ("ke_hoach",),
    "ĐA": ("de_an",),
    "PA": ("phuong_an",),
    "BC": ("bao_cao",),
    "CV": ("cong_van",),
    "BB": ("bien_ban",),
    "QH": ("quy_hoach",),
    "BS": ("ban_sao",),
}

#: Numbers of the National Assembly name no kind: the words around them do.
ASSEMBLY: Mapping[str, Kinds] = {
    "QH": ("luat", "bo_luat", "nghi_quyet"),
    "UBTVQH": ("phap_lenh", "nghi_quyet"),
}

#: Organs whose documents before 1997 carried their code alone: 27/CP, 115-TTg.
OLD_ORGANS = ("HĐBT", "TTg", "CTN", "LCT", "BTC", "CP", "SL", "TC")

#: Words before a number, lower case, new tone placement.
KIND_WORDS: Mapping[str, str] = {
    "thông tư liên tịch": "thong_tu_lien_tich",
    "nghị quyết liên tịch": "nghi_quyet_lien_tich",
    "văn bản hợp nhất": "van_ban_hop_nhat",
    "bản ghi nhớ": "ban_ghi_nho",
    "bản thỏa thuận": "ban_thoa_thuan",
    "giấy ủy quyền": "giay_uy_quyen",
    "giấy giới thiệu": "giay_gioi_thieu",
    "giấy nghỉ phép": "giay_nghi_phep",
    "giấy mời": "giay_moi",
    "phiếu gửi": "phieu_gui",
    "phiếu chuyển": "phieu_chuyen",
    "phiếu báo": "phieu_bao",
    "nghị định": "nghi_dinh",
    "nghị quyết": "nghi_quyet",
    "quyết định": "quyet_dinh",
    "quy định": "quy_dinh",
    "quy chế": "quy_che",
    "quy hoạch": "quy_hoach",
    "chỉ thị": "chi_thi",
    "thông tư": "thong_tu",
    "thông tri": "thong_tri",
    "thông báo": "thong_bao",
    "thông cáo": "thong_cao",
    "kết luận": "ket_luan",
    "hướng dẫn": "huong_dan",
    "kế hoạch": "ke_hoach",
    "chương trình": "chuong_trinh",
    "đề án": "de_an",
    "phương án": "phuong_an",
    "dự án": "du_an",
    "báo cáo": "bao_cao",
    "tờ trình": "to_trinh",
    "hợp đồng": "hop_dong",
    "công văn": "cong_van",
    "công điện": "cong_dien",
    "biên bản": "bien_ban",
    "pháp lệnh": "phap_lenh",
    "bộ luật": "bo_luat",
    "luật": "luat",
    "lệnh": "lenh",
}

#: Kind words as codes, before a number in running text: "NĐ 152/2025/NĐ-CP".
KIND_WORD_CODES: Mapping[str, str] = {
    "NĐ": "nghi_dinh",
    "TT": "thong_tu",
    "TTLT": "thong_tu_lien_tich",
    "QĐ": "quyet_dinh",
    "NQ": "nghi_quyet",
    "CT": "chi_thi",
    "KH": "ke_hoach",
    "CV": "cong_van",
}

#: Codes typed or read without the stroke of Đ, where no other code is meant.
UNSTROKED: Mapping[str, str] = {"QD": "QĐ", "QyD": "QyĐ", "QYD": "QyĐ", "ND": "NĐ"}


_SPELLINGS = {code.lower(): code for table in (ADMINISTRATIVE, COPIES, LEGAL, PARTY) for code in table}


def known_code(segment: str, codes: Mapping[str, Kinds]) -> str | None:
    """The code a segment stands for: "QYĐ" and "QyĐ" -> "QyĐ", "QD" -> "QĐ"; None for an organ's code."""
    segment = UNSTROKED.get(segment, segment)
    code = _SPELLINGS.get(segment.lower())
    return code if code in codes else None
