"""What the lines of "Nơi nhận" stand for: in a document of this department, and in one of another."""

from types import SimpleNamespace

import pytest

from directives.intake.meanings import is_own, meaning_of
from home.models import Department
from search.vietnamese.dates import PartialDate
from tests.builders import Tree

pytestmark = pytest.mark.django_db
CHANNEL = {"kind": "channel", "name": "Website Sở", "raw": "- Website Sở;"}
GROUP = {"kind": "group", "name": "Các đơn vị thuộc Sở", "raw": "- Các đơn vị thuộc Sở;"}


@pytest.fixture(autouse=True)
def units():
    tree = Tree.build()
    tree.add_unit("VP", "Văn phòng Sở", kind="office")
    department = Department.load()
    department.code = "STNMT"
    department.save()


def paper(issuer="Sở Tài nguyên và Môi trường", notation="STNMT-VP"):
    return SimpleNamespace(
        issuer_name=issuer, notation=notation, separator="/", place="Kon Tum", issued_on=PartialDate(2025, 3, 1)
    )


def archive(raw: str) -> dict:
    return {"kind": "archive", "name": "VT", "raw": raw}


@pytest.mark.parametrize(
    "raw", ["- Lưu: VT, VP (05b).", "- Lưu: VT, VP (05).", "- Lưu VT, VP.", "Lưu: VT (02 bản), VP."]
)
def test_the_count_of_copies_is_no_part_of_a_unit(raw):
    assert meaning_of(archive(raw), paper()) == "Văn thư, Văn phòng Sở"


def test_own_by_name_or_by_code():
    assert is_own(paper(notation=""))
    assert is_own(paper(issuer="", notation="QĐ-STNMT"))
    assert not is_own(paper(issuer="Sở Y tế", notation="SYT-VP"))
    assert not is_own(paper(issuer="", notation=""))


def test_a_document_of_this_department_speaks_of_its_portal_and_units():
    assert meaning_of(CHANNEL, paper()) == "Căn cứ để đăng trên cổng này"
    assert meaning_of(GROUP, paper()) == "1 đơn vị tại thời điểm ban hành"


@pytest.mark.parametrize("row", [CHANNEL, GROUP, archive("- Lưu: VT, VP (05b).")])
def test_a_document_of_another_organ_does_not(row):
    assert meaning_of(row, paper(issuer="Sở Y tế", notation="SYT-VP")) == ""
