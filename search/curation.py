"""The office's rules for a query: what is pinned before its hits, what is hidden from them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from search.office_models import CuratedQuery, HiddenPage, PinnedPage
from search.remembered import Remembered


@dataclass(frozen=True, slots=True)
class Curated:
    """What the office decided for one query, e.g. `Curated(("page:12",), frozenset({"page:7"}))`.

    Shape: `pinned` in order; who may see the pages is not decided here.
    """

    pinned: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()


def curated_for(*keys: str) -> Curated:
    """The rule for a query by its keys, e.g. `curated_for("ddaats dai", "dat dai").pinned`.

    Shape: that of the first key that has one; an empty one when none has.
    """
    rules = _rules()
    return next((rules[key] for key in keys if key in rules), Curated())


def _load() -> Mapping[str, Curated]:
    pinned: dict[str, dict[str, None]] = defaultdict(dict)
    hidden: dict[str, dict[str, None]] = defaultdict(dict)
    for keys, page_id, is_pin, _ in _rows():
        for key in filter(None, keys.split("\n")):
            (pinned if is_pin else hidden)[key][f"page:{page_id}"] = None
    return {key: Curated(tuple(pinned[key]), frozenset(hidden[key])) for key in {**pinned, **hidden}}


def _rows():
    """Every pin and every hidden page of the rules that hold today, in one query."""
    holds = Q(rule__until_on=None) | Q(rule__until_on__gte=timezone.localdate())
    columns = ("keys", "page_id", "is_pin", "place")
    pins, hides = (
        model.objects.filter(holds)
        .order_by()
        .annotate(keys=F("rule__keys"), is_pin=Value(is_pin), place=F("sort_order"))
        .values_list(*columns)
        for model, is_pin in ((PinnedPage, 1), (HiddenPage, 0))
    )
    return pins.union(hides, all=True).order_by("place")


_rules = Remembered(_load)


def forget_rules(**kwargs: object) -> None:
    """Read the rules again: at once, and once more when the change is there for everybody."""
    _rules.forget()
    transaction.on_commit(_rules.forget)


for _model in (CuratedQuery, PinnedPage, HiddenPage):
    for _signal in (post_save, post_delete):
        _signal.connect(forget_rules, sender=_model, dispatch_uid=f"curation_{_model.__name__}")
