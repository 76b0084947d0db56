"""The register of documents: real ones the call cites, and examples of every kind and state."""

from itertools import chain

from django.contrib.auth import get_user_model

from directives.citations import find_citations
from directives.intake.meanings import meaning_of
from directives.models import DirectiveIndexPage, DirectivePage, DocumentKind, Organ, Relation, SubjectField
from directives.recipients import parse_recipients
from news.models import CampaignPage
from portal.demonstration.citing import citation_blocks
from portal.demonstration.media import attachments
from portal.demonstration.people import account
from portal.demonstration.placing import publish_under
from portal.demonstration.records import partial, read_rows, read_table
from portal.demonstration.units import units_by_code
from portal.demonstration.writing import document_blocks
from search.visibility import PUBLIC

PLAIN = (
    "number",
    "notation",
    "separator",
    "abstract",
    "place",
    "urgency",
    "effective_from",
    "effective_until",
    "validity",
    "validity_source",
    "application",
)
SAMPLE = "(Văn bản ví dụ, nội dung không có giá trị thi hành.)"


def make_held_documents() -> None:
    """The real documents that others cite: only what is known of them, no text."""
    maker = Maker()
    for row in read_rows("held_documents", "document"):
        maker.publish(row, row["text"], cited_in="")


def make_examples() -> None:
    """Documents of the department as examples, each ending with the words that say so."""
    maker = Maker()
    for row in sorted(read_rows("directives", "document"), key=lambda row: row["issued"]):
        maker.publish(row, f"{row['text']}\n{SAMPLE}", cited_in=row["text"])


class Maker:
    """Turns rows into published pages; catalogues and units are read once."""

    def __init__(self):
        self.section = DirectiveIndexPage.objects.get()
        self.author = account("van-phong")
        self.kinds = {f"{kind.series}/{kind.slug}": kind for kind in DocumentKind.objects.all()}
        self.organs = {organ.slug: organ for organ in Organ.objects.all()}
        self.fields = {field.slug: field for field in SubjectField.objects.all()}
        self.units = units_by_code()
        self.people = get_user_model().objects.in_bulk(field_name="username")
        self.signers = read_table("signers")
        self.pages = {page.slug: page for page in chain(DirectivePage.objects.all(), CampaignPage.objects.all())}

    def publish(self, row: dict, text: str, cited_in: str) -> None:
        """The page of a row; its citations are looked for in its own words, not in the portal's."""
        page = DirectivePage(
            slug=row["slug"],
            title=row.get("title") or row["abstract"],
            kind=self.kinds[row["kind"]],
            issuer=self.organs[row["issuer"]],
            issued_on=partial(row["issued"]),
            unit=self.units.get(row.get("unit", "")),
            audience=row.get("audience", PUBLIC),
            is_not_secret=True,
            **{name: row[name] for name in PLAIN if name in row},
        )
        page.body = document_blocks(text)
        page.cited = citation_blocks(find_citations(cited_in), row.get("cites", ()), self.pages)
        self.fill_lists(page, row)
        day = page.issued_on.first_day()
        self.pages[page.slug] = publish_under(self.section, page, self.author, day)

    def fill_lists(self, page: DirectivePage, row: dict) -> None:
        page.fields.set([self.fields[slug] for slug in row.get("fields", ())])
        page.audience_units.set([self.units[code] for code in row.get("readers", ()) if code in self.units])
        page.audience_people.set([self.people[name] for name in row.get("readers", ()) if name in self.people])
        page.addressees = [("addressee", name) for name in row.get("to", ())]
        page.signers = [("signer", self.signers[name]) for name in row.get("signers", ())]
        page.recipients = [("recipient", recipient_block(each, page)) for each in recipients_of(row)]
        page.attachments = attachments(row.get("files", []))
        page.relations = [
            Relation(
                sort_order=at,
                kind=relation["kind"],
                target=self.pages.get(relation.get("target", "")),
                target_text=relation.get("target_text", ""),
                scope=relation.get("scope", ""),
            )
            for at, relation in enumerate(row.get("relations", ()))
        ]


def recipients_of(row: dict) -> tuple:
    return parse_recipients("\n".join(f"- {line};" for line in row.get("recipients", ())))


def recipient_block(recipient, page) -> dict:
    """One line of "Nơi nhận" as its block, e.g. of "UBND tỉnh (b/c)", with its meaning on the day of issue."""
    return {
        "kind": recipient.kind,
        "name": recipient.raw if recipient.kind == "archive" else recipient.name,
        "purpose": recipient.purpose or "",
        "meaning": meaning_of({"kind": recipient.kind, "name": recipient.name, "raw": recipient.raw}, page),
    }
