"""Rows that lists, archives and files are read from: written for pages of which something changed."""

from collections.abc import Mapping

from search.labels import former_labels, name_new_values, name_values, present_labels
from search.models import AttachmentPage, Entry, FileUse, Grant, IndexState
from search.records import Described
from search.vietnamese.syllables import syllables
from search.visibility import PUBLIC


def write_grants(states: Mapping[int, IndexState], described: Mapping[int, Described]) -> set[int]:
    """The pages of which the grants had to be changed."""
    held: dict[int, set] = {}
    for pk, *grant in Grant.objects.filter(page_id__in=states).values_list("page_id", "token", "opens_at", "closes_at"):
        held.setdefault(pk, set()).add(tuple(grant))
    wanted = {pk: each.grants for pk, each in described.items()}
    changed = {pk for pk in states if held.get(pk, set()) != wanted.get(pk, frozenset())}
    if changed:
        Grant.objects.filter(page_id__in=changed).delete()
        Grant.objects.bulk_create(
            Grant(page_id=pk, token=token, opens_at=opens_at, closes_at=closes_at)
            for pk in sorted(changed)
            for token, opens_at, closes_at in sorted(wanted.get(pk, ()), key=str)
        )
    return changed


def write_rows(changed: Mapping[int, tuple[Described, dict]]) -> None:
    if not changed:
        return
    entries = [Entry(page_id=pk, **row) for pk, (_, row) in changed.items()]
    columns = [field.name for field in Entry._meta.concrete_fields if not field.primary_key]
    Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=["page"], update_fields=columns)
    _write_uses({pk: each for pk, (each, _) in changed.items()})
    _write_passages({pk: each for pk, (each, _) in changed.items()})
    present, former = {}, {}
    for each, _ in changed.values():
        present |= present_labels(each.document)
        if each.audience.level == PUBLIC:
            former |= former_labels(each.document)
    name_values(present)
    name_new_values({pair: label for pair, label in former.items() if pair not in present})


def _write_uses(changed: Mapping[int, Described]) -> None:
    wanted = {(pk, *use) for pk, each in changed.items() for use in each.uses}
    rows = FileUse.objects.filter(page_id__in=changed).values_list("page_id", "kind", "file_id", "pk")
    held = {(page_id, kind, file_id): pk for page_id, kind, file_id, pk in rows}
    if gone := [pk for use, pk in held.items() if use not in wanted]:
        FileUse.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - held.keys())
    FileUse.objects.bulk_create(FileUse(page_id=pk, kind=kind, file_id=file_id) for pk, kind, file_id in new)


def _write_passages(changed: Mapping[int, Described]) -> None:
    AttachmentPage.objects.filter(page_id__in=changed).delete()
    rows = [
        AttachmentPage(
            page_id=pk,
            position=position,
            file_id=passage.file_id,
            file_name=passage.file_name,
            number=passage.number,
            text=passage.text,
            folded=f" {' '.join(syllables(passage.text))} ",
        )
        for pk, each in changed.items()
        for position, passage in enumerate(each.passages)
    ]
    AttachmentPage.objects.bulk_create(rows, batch_size=200)
