"""Fills the campaign part of a draft from a recognised call."""

from datetime import date
from itertools import pairwise

from directives.intake.draft_forms import DraftForm, register_form
from directives.intake.recognition import Recognition
from news.models import CampaignIndexPage, CampaignPage, EmulationForm, EmulationScope
from search.vietnamese.dates import PartialDate
from search.vietnamese.letters import fold

EVIDENCE = {
    "campaign_year": "year",
    "sides": "sides",
    "slogans": "slogans",
    "objectives": "objectives",
    "participants": "participants",
    "scope_text": "scope",
    "tasks": "tasks",
    "occasions": "occasions",
    "stages": "stages",
    "pledge_deadline_on": "pledge_deadline",
    "period_from": "period",
    "period_until": "period",
}


NAME_HEADS = ("noi dung", "ten chi tieu", "noi dung thi dua", "nhiem vu")


def fill_campaign(page: CampaignPage, recognition: Recognition) -> None:
    """Tasks, occasions, slogans, aims and sides of the call, in its own words."""
    page.campaign_year = recognition.value("year")
    page.sides = [("side", side[:255]) for side in recognition.value("sides", [])]
    page.slogans = [("line", line[:500]) for line in recognition.value("slogans", [])]
    page.objectives = [("line", begin_upper(line)[:500]) for line in recognition.value("objectives", [])]
    page.participants = begin_upper(recognition.value("participants", ""))[:255]
    page.scope_text = begin_upper(", ".join(recognition.value("scope", [])))[:255]
    page.tasks = [("task", _task(row)) for row in recognition.value("tasks", [])]
    page.targets = [("target", row) for row in targets_in(recognition.body)]
    page.occasions = [("occasion", _occasion(row)) for row in recognition.value("occasions", [])]
    page.stages = [("stage", _stage(row)) for row in recognition.value("stages", [])]
    page.pledge_deadline_on = _day(recognition.value("pledge_deadline"))
    page.emulation_form = _suggested_form(recognition)
    page.emulation_scope = _suggested_scope(recognition)
    _fill_period(page, recognition.value("period"))
    if page.campaign_year:
        page.slug = f"phat-dong-phong-trao-thi-dua-nam-{page.campaign_year}"
        taken = CampaignPage.objects.filter(slug__startswith=page.slug).count()
        page.slug += f"-{taken + 1}" if taken else ""


def begin_upper(text: str) -> str:
    """The text with a capital first letter, e.g. "Phát huy trí tuệ"."""
    return text[:1].upper() + text[1:]


def _task(row: dict) -> dict:
    return {
        "heading": row["heading"][:80],
        "text": "\n".join([row["text"], *(str(detail) for detail in row.get("details", []))]),
        "topics": [topic[:80] for topic in row["topics"]],
    }


def targets_in(body: list[dict]) -> list[dict]:
    """The rows of a table of targets, e.g. `{"name": "Xử lý hồ sơ đúng hạn", "planned": "≥ 98,5 %", …}`.

    Shape: a table counts when the block over it or its own head names "chỉ tiêu" beside a column of names.
    """
    for over, block in pairwise([{"type": "", "text": ""}, *body]):
        rows = block.get("rows") if block["type"] == "table" else None
        if rows and "chi tieu" in fold(f"{over['text']} {' '.join(rows[0])}"):
            heads = [fold(cell) for cell in rows[0]]
            names = next((n for n, head in enumerate(heads) if head in NAME_HEADS), None)
            plans = next((n for n, head in enumerate(heads) if n != names and "chi tieu" in head), None)
            if names is not None and plans is not None:
                return [_target(row[names], row[plans]) for row in rows[1:] if len(row) == len(heads) and row[names]]
    return []


def _target(name: str, planned: str) -> dict:
    return {"name": name[:255], "unit": "", "planned": planned[:80], "achieved": ""}


def _occasion(row: dict) -> dict:
    return {
        "text": row["text"][:255],
        "years": row["years"],
        "calendar": row["calendar"],
        "day": row["day"],
        "month": row["month"],
        "since_on": _day(row["from"]),
        "until_on": _day(row["to"]),
    }


def _stage(row: dict) -> dict:
    return {"kind": row["kind"], "held_on": PartialDate.from_iso(row["held_on"]), "note": "", "report": None}


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _fill_period(page: CampaignPage, period: dict | None) -> None:
    if not period:
        return
    year = PartialDate.from_iso(str(period["year"])) if period.get("year") else None
    page.period_from = PartialDate.from_iso(period["from"]) if period.get("from") else year
    page.period_until = PartialDate.from_iso(period["to"]) if period.get("to") else year


def _suggested_form(recognition: Recognition) -> EmulationForm | None:
    """Thematic when the call says so; the yearly call of a department is regular emulation (art. 16)."""
    title = fold(str(recognition.value("title", "")))
    wanted = "chuyen de" if any(word in title for word in ("chuyen de", "cao diem", "dot thi dua")) else "thuong xuyen"
    return next((row for row in EmulationForm.objects.all() if wanted in fold(row.name)), None)


def _suggested_scope(recognition: Recognition) -> EmulationScope | None:
    words = fold(" ".join(recognition.value("scope", [])))
    wanted = "co quan" if any(word in words for word in ("don vi", "co quan", "nganh")) else ""
    return next((row for row in EmulationScope.objects.all() if wanted and fold(row.name).startswith(wanted)), None)


def register() -> None:
    register_form("campaign", DraftForm(CampaignPage, CampaignIndexPage, fill_campaign, EVIDENCE))
