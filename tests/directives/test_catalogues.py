"""The catalogues of official documents as shipped: kinds, organs in time, fields and familiar names."""

import json
from collections import Counter
from datetime import date
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from directives.kind_codes import ADMINISTRATIVE, COPIES, LEGAL, PARTY
from directives.models import CitationAlias, DocumentKind, Organ, OrganName, SubjectField

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
LAUNCH_DAY = date(2024, 3, 5)
AFTER_MERGER = date(2025, 4, 1)


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The shipped catalogues, loaded once for the module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_catalogues", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def slugs(rows):
    return [row.slug for row in rows]


@pytest.mark.usefixtures("shipped", "db")
class TestKinds:
    def test_the_29_state_kinds_of_which_27_have_a_code_and_3_copies(self):
        state = DocumentKind.objects.filter(series="state")
        assert state.count() == 29
        assert set(slugs(state.filter(code=""))) == {"cong_van", "thu_cong"}
        assert Counter(state.exclude(code="").values_list("code", flat=True)).most_common(1)[0][1] == 1
        assert set(DocumentKind.objects.filter(series="copy").values_list("code", flat=True)) == {
            "SY",
            "TrS",
            "SL",
        }

    def test_every_kind_of_the_parser_cases_has_a_row(self, require):
        path = FIXTURES / "domain-citations.json"
        require(path.exists(), "needs the shared fixtures")
        expected = [item for case in json.loads(path.read_text()) for item in case["expect"]]
        kinds = {kind for item in expected for kind in (item.get("loai") or "").split("|") if kind}
        assert kinds <= set(DocumentKind.objects.values_list("slug", flat=True))

    def test_party_code_qd_is_two_kinds_and_the_word_decides(self):
        day = date(2026, 11, 22)
        assert slugs(DocumentKind.objects.find("QĐ", series="party", on=day)) == ["quyet_dinh", "quy_dinh"]
        assert slugs(DocumentKind.objects.find("QĐ", "quy định", "party", day)) == ["quy_dinh"]
        assert slugs(DocumentKind.objects.find("QĐ", series="state", on=day)) == ["quyet_dinh"]

    def test_codes_that_differ_by_a_mark_or_case_stay_apart(self):
        for code, slug in [("ĐA", "de_an"), ("DA", "du_an"), ("CTr", "chuong_trinh"), ("CT", "chi_thi")]:
            assert slugs(DocumentKind.objects.find(code, series="state")) == [slug]
        assert DocumentKind.objects.find("ctr") == []

    def test_kinds_that_ended_are_out_of_force_but_still_found(self):
        assert not DocumentKind.objects.in_force(date(2020, 1, 1)).filter(series="legal", slug="chi_thi").exists()
        assert slugs(DocumentKind.objects.find("CT", series="legal", on=date(2006, 5, 1))) == ["chi_thi"]
        assert slugs(DocumentKind.objects.find("QĐi", on=date(2026, 11, 22))) == ["quy_dinh_qdi"]

    def test_a_document_older_than_the_decree_still_has_its_kind(self):
        assert slugs(DocumentKind.objects.find("TTr", series="state", on=date(2012, 1, 12))) == ["to_trinh"]

    def test_launch_of_emulation_is_a_kind_outside_the_29(self):
        assert DocumentKind.objects.get(slug="phat_dong").series == "other"

    def test_every_code_the_grammar_reads_is_in_the_catalogue(self):
        tables = {"state": ADMINISTRATIVE, "copy": COPIES, "legal": LEGAL, "party": PARTY}
        for series, table in tables.items():
            rows = DocumentKind.objects.filter(series=series)
            assert set(table) <= set(rows.values_list("code", flat=True)), series
            read = {slug for slugs_of_code in table.values() for slug in slugs_of_code}
            assert read <= set(slugs(rows)), series


@pytest.mark.usefixtures("shipped", "db")
class TestOrgans:
    def test_there_are_organs_of_every_level_each_with_a_name(self):
        assert Organ.objects.count() >= 60
        assert not Organ.objects.filter(names=None).exists()
        levels = set(Organ.objects.values_list("level", flat=True))
        assert levels == set(Organ.Level.values) - {"commune", "other"}
        assert Organ.objects.filter(level="district").count() == 10

    def test_a_code_leads_to_the_organ_of_that_day(self):
        assert slugs(Organ.objects.find("STNMT", place="Kon Tum", on=LAUNCH_DAY)) == ["so_tnmt_kon_tum"]
        assert Organ.objects.find("STNMT", on=AFTER_MERGER) == []
        assert Organ.objects.find("SNNMT", on=LAUNCH_DAY) == []
        assert slugs(Organ.objects.find("SNNMT", place="Kon Tum", on=AFTER_MERGER)) == ["so_nnmt_kon_tum"]
        assert slugs(Organ.objects.find("SNNMT", on=date(2025, 7, 1))) == ["so_nnmt_quang_ngai"]

    def test_codes_are_found_as_offices_write_them(self):
        for code in ("STN&MT", "stnmt", "S.TNMT"):
            assert slugs(Organ.objects.find(code, place="Kon Tum")) == ["so_tnmt_kon_tum"]
        assert slugs(Organ.objects.find("QH15")) == ["quoc_hoi"]
        assert slugs(Organ.objects.find("UBTVQH13")) == ["uy_ban_thuong_vu_quoc_hoi"]
        assert slugs(Organ.objects.find("TTg")) == ["thu_tuong"]
        assert slugs(Organ.objects.find("CP", place="Hà Nội")) == ["chinh_phu"]

    def test_one_party_code_is_several_candidates(self):
        candidates = slugs(Organ.objects.find("TW"))
        assert candidates == ["ban_chap_hanh_trung_uong", "bo_chinh_tri", "ban_bi_thu"]
        assert slugs(Organ.objects.find("TW", "Bộ Chính trị")) == ["bo_chinh_tri"]

    def test_place_decides_and_a_foreign_place_gives_nothing(self):
        assert slugs(Organ.objects.find("HĐND", place="Quảng Ngãi")) == ["hdnd_quang_ngai"]
        assert slugs(Organ.objects.find("UBND", place="Ngọc Hồi", on=LAUNCH_DAY)) == ["ubnd_ngoc_hoi"]
        assert Organ.objects.find("UBND", place="Đắk Lắk") == []
        assert slugs(Organ.objects.find(name="Bộ Nội vụ", place="Kon Tum")) == ["bo_noi_vu"]

    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Sở Tài nguyên và Môi trường", "so_tnmt_kon_tum"),
            ("Sở Tài nguyên Môi trường", "so_tnmt_kon_tum"),
            ("SỞ TN&MT", "so_tnmt_kon_tum"),
            ("Bộ TN&MT", "bo_tnmt"),
            ("UBND tỉnh", "ubnd_kon_tum"),
            ("Uỷ ban nhân dân tỉnh Kon Tum", "ubnd_kon_tum"),
            ("uy ban nhan dan tinh kon tum", "ubnd_kon_tum"),
            ("Sở Nội vụ", "so_noi_vu_kon_tum"),
            ("Ban Chấp hành Công đoàn", "cong_doan_so_tnmt_kon_tum"),
            ("Đảng bộ tỉnh Kon Tum", "tinh_uy_kon_tum"),
            ("UBND huyện Ia H’Drai", "ubnd_ia_hdrai"),
        ],
    )
    def test_names_are_found_as_people_write_them(self, name, slug):
        place = "Ia H'Drai" if "Drai" in name else "Kon Tum"
        assert slugs(Organ.objects.find(name=name, place=place, on=LAUNCH_DAY)) == [slug]

    def test_find_without_anything_to_look_for_finds_nothing(self):
        assert Organ.objects.find() == Organ.objects.find(code="", name="") == Organ.objects.find(code="XYZ") == []

    def test_name_and_code_of_a_day(self):
        organ = Organ.objects.get(slug="so_nnmt_quang_ngai")
        assert organ.code_on(AFTER_MERGER) == "SNNMT"
        old = Organ.objects.get(slug="so_tnmt_kon_tum")
        assert old.name_on(LAUNCH_DAY) == "Sở Tài nguyên và Môi trường tỉnh Kon Tum"
        assert old.name_on(AFTER_MERGER) == old.name_on(LAUNCH_DAY), "an organ that ended keeps its last name"

    def test_a_renaming_leaves_the_name_of_earlier_days(self):
        organ = Organ.objects.get(slug="so_nnmt_quang_ngai")
        organ.names.update(valid_until=date(2026, 12, 31))
        OrganName.objects.create(organ=organ, name="Sở Mới", code="SM", valid_from=date(2027, 1, 1))
        organ = Organ.objects.get(pk=organ.pk)
        assert organ.name_on(AFTER_MERGER) == "Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi"
        assert (organ.name_on(date(2027, 1, 1)), organ.code_on(date(2027, 1, 1))) == ("Sở Mới", "SM")

    def test_successors_lead_from_the_launching_department_to_todays(self):
        organ = Organ.objects.get(slug="so_tnmt_kon_tum")
        chain = []
        while organ:
            chain.append(organ.slug)
            organ = organ.successors.first()
        assert chain == ["so_tnmt_kon_tum", "so_nnmt_kon_tum", "so_nnmt_quang_ngai"]
        merged = Organ.objects.get(slug="so_nnmt_kon_tum")
        assert set(slugs(merged.predecessors.all())) == {"so_tnmt_kon_tum", "so_nnptnt_kon_tum"}

    def test_no_organ_of_kon_tum_outlives_the_province(self):
        late = OrganName.objects.in_force(date(2025, 7, 1)).filter(organ__place="Kon Tum")
        assert slugs(late) == []

    def test_names_of_one_organ_never_overlap(self):
        for organ in Organ.objects.all():
            rows = sorted(organ.names.all(), key=lambda row: row.valid_from or date.min)
            for earlier, later in pairwise(rows):
                assert earlier.valid_until and earlier.valid_until < later.valid_from, organ.slug

    def test_a_list_of_organs_costs_two_queries(self, django_assert_num_queries):
        with django_assert_num_queries(2):
            assert len([str(organ) for organ in Organ.objects.all()]) > 60

    def test_organs_are_searched_by_any_of_their_names(self):
        assert "so_tnmt_kon_tum" in slugs(Organ.objects.matching("tai nguyen kon tum"))
        assert slugs(Organ.objects.matching("STNMT kon tum")) == ["so_tnmt_kon_tum"]


@pytest.mark.usefixtures("shipped", "db")
class TestFamiliarNames:
    def test_a_phrase_of_one_document(self):
        (alias,) = CitationAlias.objects.candidates("nghị quyết trung ương 4 khoá XII")
        assert (alias.number, alias.separator, alias.notation) == ("04", "-", "NQ/TW")
        assert alias.issued_on == date(2016, 10, 30)

    def test_a_number_used_twice_gives_both_candidates(self):
        both = CitationAlias.objects.candidates("Chỉ thị 39")
        assert [row.issued_on for row in both] == [date(2019, 11, 1), date(2004, 5, 21)]
        assert [row.issuer for row in both] == ["Ban Bí thư", "Bộ Chính trị"]

    def test_a_law_cited_by_name_gives_its_editions(self):
        laws = CitationAlias.objects.candidates("Luật Thi đua, khen thưởng")
        assert [f"{row.number}{row.separator}{row.notation}" for row in laws] == [
            "06/2022/QH15",
            "15/2003/QH11",
        ]

    def test_a_longer_phrase_is_not_a_candidate(self):
        assert CitationAlias.objects.candidates("Chỉ thị") == []

    def test_every_alias_names_a_kind_a_source_and_known_organs(self):
        kinds = set(DocumentKind.objects.values_list("slug", flat=True))
        for alias in CitationAlias.objects.all():
            assert alias.kind in kinds and alias.source, alias.slug

    def test_fields_cover_the_tasks_of_the_launch(self):
        wanted = {
            "dat_dai",
            "moi_truong",
            "thanh_tra_khieu_nai",
            "cai_cach_hanh_chinh",
            "thi_dua_khen_thuong",
        }
        assert wanted <= set(SubjectField.objects.in_force(LAUNCH_DAY).values_list("slug", flat=True))
