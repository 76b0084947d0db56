"""The command on real files: a folder, both registers, a dry run, twins, refusals, hostile files, a second run."""

import json
import shutil
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from directives.intake.bulk import batches
from directives.intake.bulk.sources import open_source
from directives.intake.leasing import take
from directives.intake.pipeline import receive
from directives.intake.publication import make_page
from directives.models import IntakeBatch, IntakeRecord, IntakeState
from home.audit.actions import SECRET_REFUSED
from home.media_census import take_census
from home.models import AuditEvent, PortalDocument
from tests.builders import make_person
from tests.directives.intake.papers import DECISION, LETTER, PLAN, written
from tests.directives.intake.samples import SEED, shared
from tests.search.extraction.pdf_writing import pdf
from tests.search.extraction.writing import center, docx, head, p

pytestmark = pytest.mark.django_db
SECRET = docx(head("UBND TỈNH KON TUM", "SỞ Y TẾ", "Số: 3/BC-SYT", "Kon Tum, ngày 05 tháng 3 năm 2024"), center("MẬT"),
              center("BÁO CÁO"), p("Nội dung tuyệt đối kín."))  # fmt: skip


@pytest.fixture
def office(tree):
    tree.add_unit("VP", "Văn phòng Sở", kind="office")
    return make_person("van-phong", is_superuser=True)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "so-van-ban-2019"
    (root / "quý 1").mkdir(parents=True)
    (root / "qd 412.docx").write_bytes(written(DECISION))
    (root / "quý 1" / "cv 2051.docx").write_bytes(written(LETTER))
    return root


def intake(*arguments, **options) -> dict:
    """What the command says as JSON, run in this process."""
    out = StringIO()
    call_command("intake", *map(str, arguments), json=True, workers=1, stdout=out, **options)
    return json.loads(out.getvalue())


def sheets(told: dict) -> dict[str, list[tuple]]:
    """The rows of the report without its headings."""
    book = openpyxl.load_workbook(told["report"])
    return {sheet.title: [*sheet.iter_rows(min_row=2, values_only=True)] for sheet in book}


def test_a_folder_is_taken_in_whole(office, folder):
    told = intake(folder)
    assert (told["files"], told["states"], told["unfinished"]) == (2, {"review": 2}, 0)
    records = {record.name: record for record in IntakeRecord.objects.all()}
    assert set(records) == {"qd 412.docx", "cv 2051.docx"}
    assert {record.batch.name for record in records.values()} == {"so-van-ban-2019"}
    decision = records["qd 412.docx"]
    assert decision.reading["facts"]["number"]["value"] == "412" and decision.created_by == office
    with decision.document.file.open() as file:
        assert file.read() == (folder / "qd 412.docx").read_bytes()


def test_the_file_that_was_kept_is_in_the_log_under_the_persons_name(office, folder):
    intake(folder, user="van-phong")
    events = AuditEvent.objects.filter(action="file_added")
    assert events.count() == 2 and {event.actor_id for event in events} == {office.pk}


def test_a_dry_run_stores_nothing(office, folder):
    (folder / "mat.docx").write_bytes(SECRET)
    shutil.copy(folder / "qd 412.docx", folder / "ban sao.docx")
    before = (AuditEvent.objects.count(), len(take_census().files))
    told = intake(folder, dry_run=True)
    assert told["states"] == {"refused": 1, "review": 2, "twin": 1} and told["batch"] is None
    assert not IntakeRecord.objects.exists() and not IntakeBatch.objects.exists()
    assert not PortalDocument.objects.exists()
    assert (AuditEvent.objects.count(), len(take_census().files)) == before
    assert [row[0] for row in sheets(told)["Trùng"]] == ["qd 412.docx"]


def test_a_dry_run_tells_the_same_numbers_on_the_screen_and_in_its_report(office, folder, tmp_path):
    for name in ("a.docx", "zz.docx"):
        shutil.copy(folder / "qd 412.docx", folder / name)
    out, place = StringIO(), tmp_path / "thu.xlsx"
    call_command("intake", str(folder), dry_run=True, workers=1, report=place, stdout=out)
    assert "4/4 tệp (2 chờ soát, 2 trùng)" in out.getvalue()
    told = sheets({"report": place})
    assert {("Chờ soát", 2), ("Trùng", 2)} <= set(told["Tổng hợp"])
    advice = {row[6] for name in ("Đã nhận", "Cần xem", "Trùng") for row in told[name]}
    assert advice == {"Chạy lại lệnh không có --dry-run để nhập, rồi soát.", "Không phải làm gì."}


def test_the_report_opens_each_review_and_names_the_button_of_a_twin(office, folder, settings):
    settings.SITE_ADDRESS = "https://cong.example.vn"
    shutil.copy(folder / "qd 412.docx", folder / "zz ban sao.docx")
    told = intake(folder)
    book = openpyxl.load_workbook(told["report"])
    links = [cell.hyperlink.target for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    waiting = IntakeRecord.objects.filter(state=IntakeState.REVIEW)
    reviews = [reverse("intake_review", args=[record.pk]) for record in waiting]
    assert sorted(links) == sorted(f"https://cong.example.vn{review}" for review in reviews)
    assert "“Vẫn nhập”" in sheets(told)["Trùng"][0][6]


def test_an_impossible_date_of_a_register_is_quoted_as_written(office, folder):
    write_csv(folder / "so.csv", [["Tệp", "Ngày ban hành"], ["qd 412.docx", "31/02/2024"]])
    intake(folder / "so.csv")
    reason = IntakeRecord.objects.get().reason
    assert "Sổ, dòng 2: ngày ban hành “31/02/2024” không có trong lịch." in reason and "tháng 02" not in reason


def test_the_same_bytes_are_a_twin(office, folder):
    shutil.copy(folder / "qd 412.docx", folder / "zz ban sao.docx")
    told = intake(folder)
    assert told["states"] == {"review": 2, "twin": 1}
    twin = IntakeRecord.objects.get(state=IntakeState.TWIN)
    assert twin.name == "zz ban sao.docx" and twin.reason and twin.document is None
    assert [row[0] for row in sheets(told)["Trùng"]] == ["zz ban sao.docx"]


def test_the_same_number_in_two_files_is_a_reason_to_look(office, folder):
    other = written((*DECISION, p("Bản gửi lại.")))
    (folder / "zz qd 412 gui lai.docx").write_bytes(other)
    told = intake(folder)
    assert told["states"] == {"review": 3}
    reasons = dict(IntakeRecord.objects.values_list("name", "reason"))
    assert "Cùng số, ký hiệu" in reasons["zz qd 412 gui lai.docx"]
    assert "zz qd 412 gui lai.docx" in [row[0] for row in sheets(told)["Cần xem"]]


def test_a_secret_leaves_nothing_but_that_it_was_refused(office, folder):
    (folder / "ke hoach kin.docx").write_bytes(SECRET)
    told = intake(folder)
    assert told["states"] == {"refused": 1, "review": 2}
    refused = IntakeRecord.objects.get(state=IntakeState.REFUSED)
    assert (refused.name, refused.sha256, refused.document, refused.reading) == ("", "", None, None)
    assert "ke hoach kin" not in refused.reason and len(refused.place) == 64
    assert AuditEvent.objects.filter(action=SECRET_REFUSED, actor_id=office.pk).count() == 1
    kept = " ".join(str(row) for model in (IntakeRecord, PortalDocument, AuditEvent) for row in model.objects.values())
    assert "kin" not in kept.split() and "ke hoach kin" not in kept and "tuyệt đối kín" not in kept
    assert not [name for name in take_census().files if "kin" in name]
    # The clerk's own paper may name the clerk's own file.
    assert [row[0] for row in sheets(told)["Từ chối"]] == ["ke hoach kin.docx"]


def test_a_row_that_says_secret_is_not_even_opened(office, folder, monkeypatch):
    register = folder / "so.csv"
    register.write_text("Tệp;Độ mật;Số\nqd 412.docx;Mật;412\n", encoding="utf-8")
    monkeypatch.setattr("directives.intake.bulk.taking.read_bytes", lambda *_: pytest.fail("it was opened"))
    told = intake(register)
    assert told["states"] == {"refused": 1}
    assert AuditEvent.objects.filter(action=SECRET_REFUSED).count() == 1


def write_csv(path, rows):
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")


def write_xlsx(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize(("name", "write"), [("so.csv", write_csv), ("so.xlsx", write_xlsx)])
def test_a_register_brings_its_files_and_its_values(office, folder, name, write):
    (folder / "thua.docx").write_bytes(written(PLAN))
    write(
        folder / name,
        [
            ["Ngày ban hành", "Ký hiệu", "Số", "TÊN TỆP", "Đơn vị soạn", "Người ký"],
            ["09/02/2026", "QĐ-SYT", "412", "QD 412.DOCX", "VP", "Nguyễn Thị Ánh Lan"],
            ["18/11/2025", "SGDĐT-QLCL", "2051", "cv 2051.docx", "", ""],
            ["", "", "", "khong co.pdf", "", ""],
            ["", "", "", "../ngoai.docx", "", ""],
            ["", "", "", "qd 412.docx", "", ""],
        ],
    )
    told = intake(folder / name)
    assert told["files"] == 2 and told["states"] == {"review": 2}
    assert [row["row"] for row in told["register"]["rows_to_check"]] == [4, 5, 6]
    records = {record.name: record for record in IntakeRecord.objects.all()}
    decision, letter = records["qd 412.docx"], records["cv 2051.docx"]
    assert "sổ, dòng 2" in decision.reading["facts"]["number"]["evidence"] and "Khác với sổ" not in decision.reason
    assert decision.reading["recognition"]["fields"]["drafting_unit_code"]["value"]
    assert "Khác với sổ: ngày ban hành: sổ, dòng 3 ghi “18/11/2025”, tệp ghi “17/11/2025”" in letter.reason
    assert letter.reading["facts"]["issued_on"]["sure"] is False
    report = sheets(told)
    seen = [(row[0], row[1]) for row in report["Cần xem"]]
    assert ("quý 1/cv 2051.docx", 3) in seen and ("khong co.pdf", 4) in seen and ("../ngoai.docx", 5) in seen
    assert "thua.docx" in [row[0] for row in report["Bỏ qua"]]


def test_a_second_run_says_that_the_batch_is_known_and_resume_takes_what_is_new(office, folder):
    first = intake(folder)
    with pytest.raises(CommandError, match="--resume"):
        intake(folder)
    (folder / "moi.docx").write_bytes(written(PLAN))
    told = intake(folder, resume=True)
    assert (told["batch"], told["worked_on"], told["states"]) == (first["batch"], 1, {"review": 3})
    assert IntakeBatch.objects.count() == 1


def test_two_runs_never_work_on_one_folder(office, folder, monkeypatch):
    monkeypatch.setattr(batches, "LINGERING", 0.0)
    with batches.running(open_source(folder)), pytest.raises(CommandError, match="tiến trình khác"):
        intake(folder)
    assert intake(folder)["states"] == {"review": 2}


def test_a_file_that_a_killed_run_held_is_read_at_once(office, folder):
    for path in folder.rglob("*.docx"):
        path.unlink()
    (folder / "qd 1.pdf").write_bytes(pdf(["UBND TỈNH KON TUM", "Số: 1/QĐ-UBND", "QUYẾT ĐỊNH", "Về việc khen thưởng"]))
    source = open_source(folder)
    batch = batches.open_batch(source, office, is_resumed=False)
    (item,) = source.items
    record = receive((folder / item.path).read_bytes(), item.name, office, batch=batch, place=item.place)
    assert record.state == "received" and take(record.pk) is not None
    told = intake(folder, resume=True)
    assert told["states"] == {"review": 1} and told["seconds"] < 25
    record.refresh_from_db()
    assert record.attempts == 1 and PortalDocument.objects.count() == 1


def test_hostile_files_end_in_a_sentence(office, tmp_path):
    hostile = tmp_path / "la"
    shutil.copytree(shared("samples/hostile"), hostile)
    names = ("bomb300.docx", "laughs.docx", "macro.docx", "trunc.docx", "xxe.docx", "sparse.xlsx", "evil.svg",
             "enc_user.pdf", "ssrf.rtf", "junkprefix.pdf")  # fmt: skip
    for path in hostile.iterdir():
        if path.name not in names:
            path.unlink()
    (hostile / "=HYPERLINK(1).txt").write_text("Công văn về việc họp", encoding="utf-8")
    told = intake(hostile)
    assert told["files"] == len(names) + 1 == sum(told["states"].values()) and told["unfinished"] == 0
    states = dict(IntakeRecord.objects.exclude(name="").values_list("name", "state"))
    assert states["junkprefix.pdf"] == "review"
    assert all(record.reason for record in IntakeRecord.objects.exclude(state="review"))
    cells = [cell for rows in sheets(told).values() for row in rows for cell in row]
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("=")]


def test_the_real_call_waits_with_its_evidence(office, tmp_path):
    (tmp_path / "vao").mkdir()
    shutil.copy(shared(SEED), tmp_path / "vao")
    intake(tmp_path / "vao")
    record = IntakeRecord.objects.get()
    assert record.reading["facts"]["notation"]["value"] == "STNMT-VP"


def test_an_empty_folder_and_a_missing_one_are_told(office, tmp_path):
    assert intake(tmp_path)["files"] == 0
    with pytest.raises(CommandError, match="Không có thư mục"):
        intake(tmp_path / "khong-co")


def test_without_anybody_to_do_it_for_nothing_begins(tree, folder):
    with pytest.raises(CommandError, match="tài khoản"):
        intake(folder)
    make_person("khach")
    with pytest.raises(CommandError, match="không được nhập"):
        intake(folder, user="khach")


def test_progress_and_left_out_files_are_told_in_words(office, folder, tmp_path):
    (folder / "~$qd.docx").write_bytes(b"x")
    out = StringIO()
    call_command("intake", str(folder), workers=1, report=tmp_path / "bao-cao.xlsx", stdout=out)
    said = out.getvalue()
    assert "van-phong" in said and "~$qd.docx: tệp tạm" in said and "2/2 tệp (2 chờ soát)" in said
    assert (tmp_path / "bao-cao.xlsx").is_file()


def test_the_review_shows_the_line_of_the_register_and_the_page_has_its_values(office, folder, client):
    bare = docx(center("QUYẾT ĐỊNH"), center("Về việc khen thưởng"), p("Điều 1. Tặng Giấy khen cho 05 tập thể."))
    (folder / "khen thuong.docx").write_bytes(bare)
    rows = [["Tệp", "Số, ký hiệu", "Ngày ban hành", "Đơn vị soạn", "Độ khẩn", "Nơi ban hành"]]
    issuer = "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG"
    write_csv(folder / "so.csv", [*rows, ["khen thuong.docx", "77/QĐ-STNMT", "05/03/2024", "VP", "Khẩn", issuer]])
    intake(folder / "so.csv")
    record = IntakeRecord.objects.get()
    client.force_login(office)
    assert "sổ, dòng 2" in client.get(reverse("intake_review", args=[record.pk])).content.decode()
    page = make_page(record, {}, office)
    assert (page.number, page.notation, page.issued_on.iso(), page.urgency) == ("77", "QĐ-STNMT", "2024-03-05", "1")
    assert page.unit.code == "VP"
