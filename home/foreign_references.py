"""A page names only what its editor may choose: choosers show that much, and what is posted is checked here.

What the last saved version named already stays, whoever put it there.
"""

from collections import defaultdict
from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.base import BlockWidget
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from home.page_policy import choosable_pages
from home.posted_references import MODELS, PAGE, Posted, posted_references, strike

WORDS = {"page": "Trang", "image": "Ảnh", "file": "Tệp"}


def refuse_foreign(form, user) -> None:
    """Strike what the person may not use from the posted data, and let its fields say so.

    Struck before anything reads it: the form that goes back shows neither name nor address, and what does not
    exist is answered in the same way.
    """
    found = list(posted_references(form))
    known = named_by(form.instance) if found else set()
    new = [each for each in found if (each[2].kind, each[2].number) not in known]
    allowed = _allowed([posted for _, _, posted in new], user)
    refused = defaultdict(list)
    for part, field_name, posted in new:
        if (posted.kind, posted.number) not in allowed:
            strike(part.data, posted)
            refused[part, field_name].append(posted)
    for (part, field_name), each in refused.items():
        _let_say(part, field_name, list(dict.fromkeys(map(sentence, each))))


def sentence(posted: Posted) -> str:
    """What the person is told, e.g. "Tệp số 12 không có hoặc ông/bà không được dùng."."""
    number = f" số {posted.number}" if posted.number else " đã chọn"
    return f"{WORDS[posted.kind]}{number} không có hoặc ông/bà không được dùng."


def named_by(page: Page) -> set[tuple[str, int]]:
    """What the page names as it was last saved, e.g. `{("image", 3), ("page", 8)}`."""
    if not page.pk:
        return set()
    kinds = {ContentType.objects.get_for_model(model).pk: kind for kind, model in MODELS.items()}
    # Wagtail reads its own index of references by this; the index itself knows only what is published.
    references = ReferenceIndex._extract_references_from_object(page)
    return {(kinds[type_id], int(pk)) for type_id, pk, *_ in references if type_id in kinds and str(pk).isdigit()}


def _allowed(posted: Collection[Posted], user) -> set[tuple[str, int]]:
    """Those of the references that a chooser would offer the person; one query for each kind."""
    wanted = defaultdict(set)
    for each in posted:
        wanted[each.kind].add(each.number)
    return {(kind, pk) for kind, numbers in wanted.items() for pk in _offered(kind, numbers, user)}


def _offered(kind: str, numbers: set[int], user):
    if kind == PAGE:
        rows = choosable_pages(Page.objects.filter(depth__gt=1), user)
    else:
        policy = policy_registry.get_by_type(MODELS[kind])
        rows = policy.instances_user_has_any_permission_for(user, ["choose"])
    return rows.filter(pk__in=numbers).values_list("pk", flat=True)


def _let_say(form, field_name: str, sentences: list[str]) -> None:
    field = form.fields[field_name]
    is_stream = isinstance(field.widget, BlockWidget)

    def clean(value):
        raise StreamBlockValidationError(non_block_errors=sentences) if is_stream else ValidationError(sentences)

    field.clean = clean
    # A row of which nothing is left would count as an empty one and be left out without a word.
    form.empty_permitted = False
