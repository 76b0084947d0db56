"""The demonstration department: built once here by its own steps, then looked at from outside."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Revision, TaskState

from directives.models import Citation, DirectivePage
from home.models import Department, HomePage, PortalDocument, PortalImage, UnitPage
from news.models import ArticlePage, CampaignPage, StoryPage
from portal import demonstration
from portal.demonstration import campaigns, people, records
from portal.demonstration.directives import SAMPLE
from portal.demonstration.writing import article_blocks, document_blocks
from search.models import Entry
from search.states import LABELS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = records.read_table("accounts")["password"]
CODES = ["VP", "TTr", "QLĐĐ", "ĐĐBĐ", "TNN-KS", "KHTC", "CCBVMT", "VPĐKĐĐ", "TTQT", "TTCNTT", "TTPTQĐ", "QBVMT"]


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The lines that building said; the whole department goes with the module."""
    said = []
    with django_db_blocker.unblock(), transaction.atomic():
        demonstration.build(said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def department(built, db):
    return UnitPage.objects.get(code="STNMT")


@pytest.fixture
def call(built, db) -> CampaignPage:
    return CampaignPage.objects.get(code="PT-2024-001")


def is_marked(text: str) -> bool:
    return "ví dụ" in text.lower()


# --- building ---------------------------------------------------------------------


def test_every_step_says_what_it_does_and_the_last_line_how_long(built):
    assert [line for line in built if not line.endswith("…")] == built[-1:]
    assert len(built) > 10
    assert len(set(built)) == len(built)


def test_a_second_build_reads_a_little_and_writes_nothing(built, db):
    said = []
    with CaptureQueriesContext(
        connection,
    ) as queries:
        demonstration.build(said.append)
    assert len(said) == 1
    assert len(queries) < 60
    assert [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []


def test_a_part_that_is_gone_is_built_again_alone(built, db):
    pages = Page.objects.count()
    news = list(ArticlePage.objects.all())
    for page in news:
        page.delete()
    said = []
    demonstration.build(said.append)
    assert len(said) == 2
    assert Page.objects.count() == pages


def test_the_site_of_an_office_is_left_alone(built, db):
    people.accounts().delete()
    ArticlePage.objects.first().delete()
    pages, said = Page.objects.count(), []
    demonstration.build(said.append)
    assert Page.objects.count() == pages
    assert "không thêm dữ liệu ví dụ" in said[0]


# --- the real call ----------------------------------------------------------------


def test_the_call_keeps_what_its_file_says_and_what_it_leaves_out(call):
    assert (call.number, call.notation, call.issued_on.iso()) == ("", "STNMT-VP", "2024")
    lists = (call.cited, call.occasions, call.tasks, call.recipients, call.slogans)
    assert [len(rows) for rows in lists] == [6, 8, 5, 7, 2]
    assert call.signer_line == "Nguyễn Văn Lộc, Giám đốc"
    assert "thực hiện hiện các mục tiêu" in call.document_text()
    file = PortalDocument.objects.get(pk=call.attached_files()[0])
    assert file.file.open("rb").read() == records.read_file("files", "phat-dong-thi-dua-2024.docx")


def test_the_call_leads_the_front_page(call):
    assert HomePage.objects.get().leading_campaign_id == call.pk
    front = Client().get("/").content.decode()
    assert front.index("Đoàn kết - Dân chủ - Kỷ cương") < front.index("Văn bản chỉ đạo")


def test_the_call_was_written_by_the_office_and_approved_by_a_leader(call):
    assert {revision.user.username for revision in Revision.objects.for_instance(call)} == {"van-phong"}
    states = TaskState.objects.filter(revision__object_id=str(call.pk))
    assert {(state.status, state.finished_by.username) for state in states} == {("approved", "lanh-dao")}
    assert call.live and not call.has_unpublished_changes


def test_the_one_who_edited_last_cannot_approve_the_call(call, monkeypatch):
    monkeypatch.setattr(campaigns, "account", lambda username: people.account("lanh-dao"))
    with pytest.raises(campaigns.NotApproved):
        campaigns.publish_by_two(call)


def test_held_documents_are_linked_and_a_doubtful_one_only_offered(built, db):
    linked = dict(Citation.objects.filter(target__isnull=False).values_list("text", "target__slug"))
    assert linked["Chỉ thị số 05-CT/TW của Bộ Chính trị"] == "05-ct-tw-2016"
    assert linked["Nghị quyết Trung ương 4 Khóa XII"] == "04-nq-tw-2016"
    doubtful = Citation.objects.get(page__slug="94-hd-stnmt-2024", text="Chỉ thị số 39-CT/TW")
    assert doubtful.target is None
    assert len(doubtful.candidates) == 2


# --- the department ---------------------------------------------------------------


def test_the_department_has_its_twelve_units_with_leaders_by_given_name(department):
    units = list(UnitPage.objects.child_of(department).order_by("path"))
    assert [unit.code for unit in units] == CODES
    assert [unit.code for unit in units if unit.is_closed] == ["TTr"]
    deputies = [leader for leader in department.leaders.all() if leader.office.startswith("Phó")]
    assert [leader.name for leader in sorted(deputies, key=lambda leader: leader.sort_name)] == [
        "A Mẫu",
        "Lê Thị Mẫu",
        "Trần Văn Mẫu",
    ]


def test_the_department_ended_and_names_who_goes_on(department):
    assert department.is_closed
    assert [unit.title for unit in department.successors.all()] == ["Sở Nông nghiệp và Môi trường tỉnh Quảng Ngãi"]
    assert [str(event.effective_on) for event in department.events.all()][1:] == [
        "2003-08-01",
        "2025-03-01",
        "2025-07-01",
    ]


def test_documents_bear_the_name_the_department_had_that_day(built, db):
    documents = {page.slug: page for page in DirectivePage.objects.all()}
    for slug, page in documents.items():
        if "stnmt" in slug:
            assert page.issuer_name == "Sở Tài nguyên và Môi trường tỉnh Kon Tum"
            assert page.issued_on.iso() < "2025-03"
        if "snnmt" in slug:
            province = "Kon Tum" if page.issued_on.iso() < "2025-07" else "Quảng Ngãi"
            assert page.issuer_name == f"Sở Nông nghiệp và Môi trường tỉnh {province}"


def test_links_at_the_foot_lead_somewhere(built, db):
    links = [link for column in Department.load().links for link in column.value["links"]]
    own = [link["page"].get_url() if link["page"] else link["address"] for link in links]
    own = [address for address in own if not address.startswith("https://")]
    assert len(own) > 10
    assert {address: Client().get(address).status_code for address in own} == dict.fromkeys(own, 200)


# --- enough of everything ---------------------------------------------------------


def test_the_register_shows_every_kind_of_state_year_and_gap(built, db):
    entries = list(Entry.objects.official())
    shown = {entry.state.key for entry in entries if entry.state}
    assert shown >= set(LABELS) - {"closed", "upcoming", "repealed", "corrected"}
    assert {entry.year for entry in entries} >= set(range(2019, 2027))
    assert len({entry.type_key for entry in entries}) >= 20
    assert any(not entry.number and entry.notation for entry in entries)
    assert {page.urgency for page in DirectivePage.objects.all()} == {"", "1", "2", "3"}
    dates = {page.issued_on.precision for page in DirectivePage.objects.all()}
    assert dates == {"day", "month", "year"}


def test_stories_news_notices_and_files_are_there(built, db):
    kinds = list(StoryPage.objects.values_list("kind", flat=True))
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(kinds, 2) and len(kinds) == 8
    assert ArticlePage.objects.filter(kind="article").count() == 10
    notices = ArticlePage.objects.filter(kind="notice")
    assert notices.count() == 5
    assert any(notice.is_open_for_comments for notice in notices)
    assert all(story.photo and story.achievements and story.body for story in StoryPage.objects.all())
    assert all(file.file_size for file in PortalDocument.objects.all())


def test_what_is_not_real_says_so(built, department):
    real = {row["slug"] for row in records.read_rows("held_documents", "document")}
    for page in DirectivePage.objects.exclude(slug__in=real):
        assert SAMPLE in str(page.body), page.slug
        assert all(is_marked(signer.value["name"]) for signer in page.signers), page.slug
    for unit in UnitPage.objects.all():
        offices = [leader.office for leader in unit.leaders.all() if leader.name != "Nguyễn Văn Lộc"]
        assert all(map(is_marked, offices)), unit.title
    assert all(is_marked(page.subject) for page in StoryPage.objects.all())
    assert all(is_marked(f"{page.source} {page.body}") for page in ArticlePage.objects.all())
    assert all(is_marked(image.credit) for image in PortalImage.objects.all())
    assert all(is_marked(page.title) for page in CampaignPage.objects.exclude(code="PT-2024-001"))


def test_a_stranger_reads_every_public_page_and_no_other(built, db):
    seen = list(Entry.objects.visible_to(AnonymousUser()))
    assert {entry.audience for entry in seen} == {"public"}
    assert {entry.url: Client().get(entry.url).status_code for entry in seen} == {entry.url: 200 for entry in seen}
    hidden = Entry.objects.exclude(audience="public")
    assert hidden.filter(is_official=True).count() >= 6
    assert {entry.audience for entry in hidden} == {"staff", "units", "people"}
    assert {Client().get(entry.url).status_code for entry in hidden} == {404}


# --- who signs in -----------------------------------------------------------------


def test_the_summary_names_accounts_that_can_sign_in(built, rf):
    summary = demonstration.summary()
    assert PASSWORD in summary and len(PASSWORD) >= 12
    for row in records.read_table("accounts")["account"]:
        assert row["username"] in summary
        user = authenticate(rf.post("/"), username=row["username"], password=PASSWORD)
        assert user and is_marked(str(user))
        assert user.has_perm("wagtailadmin.access_admin") == (row["username"] != "can-bo")


def test_an_editor_belongs_to_a_unit_and_edits_its_pages_alone(built, db):
    editor = people.account("bien-tap-dat-dai")
    own, other = (DirectivePage.objects.filter(unit__code=code).first() for code in ("QLĐĐ", "CCBVMT"))
    assert own.permissions_for_user(editor).can_edit()
    assert not other.permissions_for_user(editor).can_edit()


# --- the little language of the data files -----------------------------------------


def test_a_document_is_written_line_by_line():
    blocks = document_blocks(
        "Căn cứ Luật Đất đai;\nQUYẾT ĐỊNH:\n## Điều 2. Hiệu lực\n- [Ngắn] Dài & rõ.\n| a | b\n| 1 | 2\nHết."
    )
    assert [kind for kind, _ in blocks] == ["paragraph", "paragraph", "heading", "item", "table", "paragraph"]
    values = [value for _, value in blocks]
    assert values[0] == "<p><i>Căn cứ Luật Đất đai;</i></p>"
    assert values[1] == "<p><b>QUYẾT ĐỊNH:</b></p>"
    assert (values[2]["anchor"], values[2]["level"]) == ("dieu-2", "2")
    assert (values[3]["anchor"], values[3]["text"]) == ("ngan", "<p>- Dài &amp; rõ.</p>")
    assert values[4]["data"] == [["a", "b"], ["1", "2"]]


def test_headings_of_one_document_have_addresses_of_their_own(built, db):
    assert [value["anchor"] for _, value in document_blocks("## Điều 1. A\n## Điều 1. B")] == ["dieu-1", "dieu-1-2"]
    for page in DirectivePage.objects.all():
        anchors = [child.value["anchor"] for child in page.body if child.block_type in ("heading", "item")]
        assert len(anchors) == len(set(anchors)), page.slug


def test_an_article_is_written_line_by_line():
    blocks = article_blocks("Đoạn.\n## Đề mục\n- một\n- hai\n= 5 | năm\n= 6 | sáu\n> Lời | Người", {})
    assert blocks == [
        ("paragraph", "<p>Đoạn.</p>"),
        ("heading", "Đề mục"),
        ("paragraph", "<ul><li>một</li><li>hai</li></ul>"),
        ("figures", [{"value": "5", "label": "năm"}, {"value": "6", "label": "sáu"}]),
        ("quote", {"text": "Lời", "speaker": "Người"}),
    ]
