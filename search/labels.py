"""How values of facets read: written when pages are refreshed, read through a small memory of the process."""

import time
from collections.abc import Iterable, Mapping

from django.db.models import Q

from search.contract import SearchDocument
from search.models import KINDS, FacetLabel
from search.records import WITH_FILES

Pair = tuple[str, str]
SECONDS = 60.0
MOST_HELD = 5_000
_held: dict[Pair, tuple[float, str]] = {}


def labels_of(pairs: Iterable[Pair]) -> dict[Pair, str]:
    """Labels of facet values, e.g. `labels_of([("type", "bao_cao")])` is `{("type", "bao_cao"): "Báo cáo"}`.

    Shape: a value nobody named is left out; one query at most, for what this process has not met of late.
    """
    wanted = list(dict.fromkeys(pairs))
    now = time.monotonic()
    found = {pair: _held[pair][1] for pair in wanted if pair in _held and _held[pair][0] > now}
    missing = [pair for pair in wanted if pair not in found]
    if missing:
        loaded = _load(missing)
        if len(_held) > MOST_HELD:
            _held.clear()
        _held.update({pair: (now + SECONDS, label) for pair, label in loaded.items()})
        found |= loaded
    return found


def forget_labels() -> None:
    """Empty the memory of this process."""
    _held.clear()


def name_values(labels: Mapping[Pair, str]) -> None:
    """Give values their present names, e.g. after a kind was renamed: the last name wins."""
    known = _load(labels)
    changed = {pair: label[:255] for pair, label in labels.items() if label and known.get(pair) != label[:255]}
    _write(changed, update_conflicts=True, update_fields=["label"], unique_fields=["facet", "value"])


def name_new_values(labels: Mapping[Pair, str]) -> None:
    """Give names to values that have none yet: a name of former times does not displace the present one."""
    known = _load(labels)
    _write({pair: label for pair, label in labels.items() if label and pair not in known}, ignore_conflicts=True)


def rename_value(facet: str, value: str, label: str) -> None:
    """Give a value in use its present name; nothing when no page has the value."""
    if FacetLabel.objects.filter(facet=facet, value=value).update(label=label[:255]):
        forget_labels()


def present_labels(document: SearchDocument) -> dict[Pair, str]:
    """Names a document gives with authority: of its kind and fields; units and campaigns have pages that say theirs."""
    labels = {("kind", document.kind): KINDS[document.kind], ("type", document.type_key): document.type_name}
    labels |= {("field", topic): topic for topic in document.topics}
    labels |= {("tag", tag): tag for tag in document.tags}
    if document.files:
        labels[("attachment", WITH_FILES)] = "Có tệp đính kèm"
    return _usable(labels)


def former_labels(document: SearchDocument) -> dict[Pair, str]:
    """The name of its issuer as it was when the document was made."""
    return _usable({("issuer", document.issuer_key): document.issuer_name})


def _usable(labels: Mapping[Pair, str]) -> dict[Pair, str]:
    return {(facet, value): label for (facet, value), label in labels.items() if value and label}


def _load(pairs: Iterable[Pair]) -> dict[Pair, str]:
    by_facet: dict[str, list[str]] = {}
    for facet, value in pairs:
        by_facet.setdefault(facet, []).append(value)
    condition = Q(pk__in=[])
    for facet, values in by_facet.items():
        condition |= Q(facet=facet, value__in=values)
    rows = FacetLabel.objects.filter(condition).values_list("facet", "value", "label") if by_facet else ()
    return {(facet, value): label for facet, value, label in rows}


def _write(labels: Mapping[Pair, str], **on_conflict) -> None:
    if labels:
        rows = [FacetLabel(facet=facet, value=value, label=label[:255]) for (facet, value), label in labels.items()]
        FacetLabel.objects.bulk_create(sorted(rows, key=str), **on_conflict)
        forget_labels()
