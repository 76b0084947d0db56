"""The real campaign, brought in from its file and approved by a second person; two more as examples."""

from directives.intake.drafting import open_draft
from directives.models import DirectivePage, DocumentKind, Organ, SubjectField
from home.models import HomePage, UnitPage
from news.models import CampaignIndexPage, CampaignPage, EmulationForm, EmulationScope
from portal.demonstration.directives import SAMPLE, recipient_block, recipients_of
from portal.demonstration.people import account
from portal.demonstration.placing import publish_under
from portal.demonstration.records import partial, read_file, read_rows, read_table
from portal.demonstration.units import units_by_code
from portal.demonstration.writing import document_blocks
from search.visibility import PUBLIC

APPROVE = "approve"
PLAIN = (
    "abstract",
    "notation",
    "number",
    "place",
    "campaign_year",
    "participants",
    "scope_text",
    "theme",
    "results",
    "application",
)


class NotApproved(RuntimeError):
    """The approval of the demonstration did not put the page on the site."""


def import_call() -> None:
    """The call of 2024 from its file, by the office's own way, leading the front page."""
    facts = read_table("campaigns")["call"]
    page = open_draft(read_file("files", facts["file"]), facts["file"], account("van-phong"))
    fill_call(page, facts)
    publish_by_two(page)
    home = HomePage.objects.get()
    home.leading_campaign_id = page.pk
    home.save_revision(user=account("quan-tri")).publish(user=account("quan-tri"), skip_permission_checks=True)


def fill_call(page: CampaignPage, facts: dict) -> None:
    """What the file does not say and the office knows."""
    page.code, page.application = facts["code"], facts["application"]
    page.unit = UnitPage.objects.get(code=facts["unit"])
    page.emulation_form = EmulationForm.objects.get(slug=facts["form"])
    page.emulation_scope = EmulationScope.objects.get(slug=facts["scope"])
    page.fields.set(SubjectField.objects.filter(slug__in=facts["fields"]))
    page.targets = [("target", row) for row in facts["target"]]
    page.stages = [("stage", stage_block(row)) for row in facts["stage"]]
    page.audience = PUBLIC


def report_stages() -> None:
    """The report of a stage beside it, once that report stands; approved anew."""
    facts = read_table("campaigns")["call"]
    page = CampaignPage.objects.get(code=facts["code"])
    page.stages = [("stage", stage_block(row, with_report=True)) for row in facts["stage"]]
    publish_by_two(page)


def has_reports() -> bool:
    """Whether the call, as long as it stands, shows the report of a stage."""
    page = CampaignPage.objects.filter(code=read_table("campaigns")["call"]["code"]).first()
    return page is None or any(child.value["report"] for child in page.stages)


def stage_block(row: dict, with_report: bool = False) -> dict:
    report = row.get("report") if with_report else None
    return {
        "kind": row["kind"],
        "held_on": partial(row["held_on"]),
        "note": row.get("note", ""),
        "report": DirectivePage.objects.get(slug=report) if report else None,
    }


def publish_by_two(page: CampaignPage) -> None:
    """Submitted by the office, approved by a leader: the way every page goes.

    Errors: NotApproved when the workflow would not let the leader approve.
    """
    office, leader = account("van-phong"), account("lanh-dao")
    page.save_revision(user=office, log_action=True)
    page.get_workflow().start(page, office)
    state = page.current_workflow_task_state
    task = state.task.specific
    if APPROVE not in [action[0] for action in task.get_actions(page, leader)]:
        raise NotApproved(f"Người thứ hai không duyệt được trang “{page.title}”.")
    task.on_action(state, leader, APPROVE)
    page.refresh_from_db()
    if not page.live:
        raise NotApproved(f"Trang “{page.title}” đã duyệt mà chưa đăng.")


def has_examples() -> bool:
    codes = [row["code"] for row in read_rows("campaigns", "example")]
    return CampaignPage.objects.filter(code__in=codes).exists()


def make_examples() -> None:
    """A campaign that ended and one that runs."""
    for row in read_rows("campaigns", "example"):
        publish_under(CampaignIndexPage.objects.get(), example(row), account("van-phong"), row["first_day"])


def example(row: dict) -> CampaignPage:
    page = CampaignPage(
        slug=row["slug"],
        title=row["title"],
        code=row["code"],
        audience=PUBLIC,
        is_not_secret=True,
        kind=DocumentKind.objects.get(series="other", slug="phat_dong"),
        issuer=Organ.objects.get(slug=row["issuer"]),
        unit=units_by_code()[row["unit"]],
        issued_on=partial(row["issued"]),
        period_from=partial(row["period"][0]),
        period_until=partial(row["period"][1]),
        emulation_form=EmulationForm.objects.get(slug=row["form"]),
        emulation_scope=EmulationScope.objects.get(slug=row["scope"]),
        **{name: row[name] for name in PLAIN if name in row},
    )
    for name in ("slogans", "objectives"):
        setattr(page, name, [("line", line) for line in row[name]])
    page.sides = [("side", side) for side in row["sides"]]
    page.tasks = [("task", task) for task in row["task"]]
    page.targets = [("target", target) for target in row["target"]]
    page.stages = [("stage", stage_block(stage)) for stage in row["stage"]]
    page.signers = [("signer", read_table("signers")[name]) for name in row["signers"]]
    page.recipients = [("recipient", recipient_block(each, page)) for each in recipients_of(row)]
    page.body = document_blocks(f"{row['text']}\n{SAMPLE}")
    return page
