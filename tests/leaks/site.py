"""One portal with pages for strangers and hidden ones of every state, which the open ones name in every way."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone
from wagtail.blocks import StreamValue

from home.models import Department, HomePage, PlainPage
from news.models import Consent
from search import worker
from search.office_models import CuratedQuery, PinnedPage
from tests.builders import Tree, publish
from tests.leaks import pages
from tests.leaks.readers import EDITOR_B, MAY_READ, NOBODY, OFFICE, STRANGER, make_people
from tests.leaks.tokens import Canary

#: The hours between building and reading: what ends in an hour has ended.
LATER = timedelta(hours=2)
MEETS_B = frozenset({EDITOR_B})
#: How many hidden pages an open page names. A file it links would be open with it: that is what a link is for.
MOST_NAMED = 40


def build_frame(tree: Tree) -> SimpleNamespace:
    """Two units and the seven readers."""
    unit_a, unit_b = tree.add_unit("PA", "Phòng Ai"), tree.add_unit("PB", "Phòng Bê")
    site = SimpleNamespace(tree=tree, unit_a=unit_a, unit_b=unit_b, canaries={})
    site.people = make_people(unit_a, unit_b)
    site.hidden_unit = site.hidden_campaign = None
    return site


def add_open(site) -> None:
    """What everybody may read."""
    tree, unit_b = site.tree, site.unit_b
    open_to_all = MAY_READ["public"]
    pages.add_directive(tree, new(site, "open", open_to_all), unit=unit_b)
    pages.add_article(tree, new(site, "open_article", open_to_all), unit=unit_b)
    pages.add_story(tree, new(site, "open_story", open_to_all), unit=unit_b)
    pages.add_campaign(tree, new(site, "open_campaign", open_to_all), unit=unit_b, campaign_year=2024)
    pages.add_plain(new(site, "open_plain", open_to_all), audience="public")
    site.open_page = tree.add_directive("Quy chế tiếp công dân", slug="quy-che", number="7", notation="QC-STNMT")


def new(site, name: str, readers=NOBODY, editors=NOBODY) -> Canary:
    canary = Canary(name, frozenset(readers), frozenset(editors) | {OFFICE})
    site.canaries[name] = canary
    return canary


def add_hidden(site) -> None:
    """Pages of every audience and state. Nothing of them is for strangers."""
    _add_by_audience(site)
    _add_other_kinds(site)
    _add_by_state(site)
    _add_below_others(site)
    _add_withdrawn(site)


def _add_by_audience(site) -> None:
    tree, a, b = site.tree, site.unit_a, site.unit_b
    pages.add_directive(tree, new(site, "staff", MAY_READ["staff"]), audience="staff", unit=a)
    pages.add_directive(tree, new(site, "unit_a", MAY_READ["unit_a"]), audience="units", audience_units=[a], unit=a)
    of_b = new(site, "unit_b", MAY_READ["unit_b"], MEETS_B)
    pages.add_directive(tree, of_b, audience="units", audience_units=[b], unit=b)
    named = new(site, "named", MAY_READ["named"])
    pages.add_directive(tree, named, audience="people", audience_people=[site.people["staff_of_b"]], unit=a)


def _add_other_kinds(site) -> None:
    tree, staff = site.tree, MAY_READ["staff"]
    site.hidden_unit = pages.add_unit(new(site, "staff_unit", staff), audience="staff")
    site.hidden_campaign = pages.add_campaign(tree, new(site, "staff_campaign", staff), audience="staff")
    pages.add_article(tree, new(site, "staff_article", staff), audience="staff", unit=site.hidden_unit)
    pages.add_story(
        tree, new(site, "staff_story", staff), audience="staff", unit=site.hidden_unit, campaign=site.hidden_campaign
    )
    pages.add_plain(new(site, "staff_plain", staff), audience="staff", unit=site.unit_a)


def _add_by_state(site) -> None:
    tree, now, a = site.tree, timezone.now(), site.unit_a
    pages.add_directive(tree, new(site, "unpublished"), unit=a).unpublish()
    early = pages.add_directive(tree, new(site, "scheduled"), unit=a)
    early.unpublish()
    early.go_live_at = now + timedelta(days=1)
    early.save_revision().publish()
    expired = pages.add_article(tree, new(site, "expired"), unit=a)
    expired.expire_at = now + LATER / 2
    expired.save_revision().publish()
    gone = new(site, "deleted")
    page = pages.add_directive(tree, gone, unit=a)
    for kind in ("docx", "pdf"):
        gone.ids[kind].delete()
    page.delete()
    pages.add_directive(
        tree, new(site, "superseded", MAY_READ["staff"]), audience="staff", unit=a, application="replaced"
    )
    _add_draft(site)


def _add_draft(site) -> None:
    """A document that was never published."""
    from directives.models import DirectiveIndexPage, DirectivePage

    draft = new(site, "draft")
    own = pages.directive_fields(draft) | {"audience": "public", "unit": site.unit_a, "is_not_secret": True}
    page = DirectivePage(title=pages.title_of(draft), abstract=pages.title_of(draft), live=False, **own)
    DirectiveIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    draft.ids["page"] = page


def _change_in_draft(site) -> None:
    """Words that so far only the draft of an open document holds."""
    changed = new(site, "changes", NOBODY, MEETS_B)
    page, own = site.open_page, pages.directive_fields(changed)
    page.title = page.abstract = pages.title_of(changed)
    for name in ("number", "notation", "body", "signers", "attachments"):
        setattr(page, name, own[name])
    page.save_revision()
    changed.ids["page"] = page


def _add_below_others(site) -> None:
    """Open pages that stand under closed ones: brought there, moved there, left there."""
    staff = MAY_READ["staff"]
    closed = pages.add_plain(new(site, "parent", staff), audience="public", unit=site.unit_a)
    pages.add_plain(new(site, "below", staff), closed, audience="public", unit=site.unit_a)
    closed = type(closed).objects.get(pk=closed.pk)
    closed.audience = "staff"
    closed.save_revision().publish()
    moved = pages.add_plain(new(site, "moved", staff), audience="public", unit=site.unit_a)
    moved.move(closed, pos="last-child")
    left = pages.add_plain(new(site, "left_parent"), audience="public", unit=site.unit_a)
    orphan = new(site, "orphan")
    pages.add_plain(orphan, left, audience="public", unit=site.unit_a)
    type(left).objects.get(pk=left.pk).unpublish()
    narrowed = pages.add_directive(site.tree, new(site, "narrowed", staff), unit=site.unit_a)
    narrowed.audience = "staff"
    narrowed.save_revision().publish()


def _add_withdrawn(site) -> None:
    today = timezone.localdate()
    story = pages.add_story(site.tree, new(site, "withdrawn"), kind="individual", unit=site.unit_a)
    story.consents.add(Consent(given_by="Lan", given_on=today, withdrawn_on=today))
    story.save_revision().publish()


def name_hidden_in_open(site) -> None:
    """Open pages that name the hidden ones by link, citation, relation, unit, campaign, foot and pinned answer.

    As many are named where nothing hidden exists: by numbers of nothing, and by the same words.
    """
    canaries = [
        each
        for each in site.canaries.values()
        if STRANGER not in each.readers and each.name not in ("deleted", "changes")
    ]
    hidden = [each.ids["page"] for each in canaries]
    targets = [page for page in hidden if hasattr(page, "notation")]
    cited = [("citation", _citation(page)) for page in (targets + [None] * MOST_NAMED)[:MOST_NAMED]]
    site.hub = site.tree.add_directive(
        "Văn bản dẫn nhiều văn bản", unit=site.hidden_unit, number="8", notation="HD-STNMT", cited=cited
    )
    for page in hidden:
        site.hub.relations.create(kind="related", target=page)
    site.hub.body = [pages.paragraph("Theo <b>các văn bản</b>.")]
    site.hub.save_revision().publish()
    linking = PlainPage(
        title="Trang có liên kết", slug="lien-ket", audience="public", unit=site.hidden_unit, live=False
    )
    linking.body = [_links([page.pk for page in hidden])]
    site.linking = publish(HomePage.objects.get(), linking)
    fields = {"unit": site.hidden_unit, "campaign": site.hidden_campaign}
    site.told = site.tree.add_story("Gương của phong trào nội bộ", **fields)
    site.news = site.tree.add_article("Tin của đơn vị nội bộ", unit=site.hidden_unit)
    _name_in_frame(site, hidden)


def _links(numbers: list[int]) -> tuple[str, str]:
    named = (numbers + [10**6] * MOST_NAMED)[:MOST_NAMED]
    return pages.paragraph(" ".join(f'<a linktype="page" id="{number}">xem thêm</a>' for number in named))


def _citation(page) -> dict:
    blank = {"kind": "", "issued_on": None, "issuer": "", "abstract": "", "text": "văn bản khác"}
    return blank | {"number": "", "separator": "/", "notation": "", "target": page}


def _name_in_frame(site, hidden) -> None:
    home = HomePage.objects.get()
    home.leading_campaign_id = site.hidden_campaign.pk if site.hidden_campaign else None
    home.save_revision().publish()
    department = Department.load()
    rows = [{"label": "Liên kết", "page": page.pk, "address": ""} for page in hidden]
    column = {"type": "column", "value": {"heading": "Cột", "links": rows}}
    department.links = StreamValue(department.links.stream_block, [column], is_lazy=True)
    department.save()
    rule = CuratedQuery.objects.create(wordings="lịch trực")
    for page in hidden:
        PinnedPage.objects.create(rule=rule, page=page)


def build_all(tree: Tree, with_hidden: bool = True) -> SimpleNamespace:
    """The whole site; what is hidden is made in between, so that open pages come to other numbers without it."""
    site = build_frame(tree)
    if with_hidden:
        add_hidden(site)
    add_open(site)
    if with_hidden:
        _change_in_draft(site)
    name_hidden_in_open(site)
    worker.work_off()
    return site
