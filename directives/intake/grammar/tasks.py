"""The tasks of a campaign call or plan: the list that "các nhiệm vụ trọng tâm như sau:" announces."""

import re
from collections.abc import Iterator
from typing import Any

from .outline import Node, walk
from .topics import heading_for, topics_in

Task = dict[str, Any]
Group = tuple[float, list[Node]]

_TASK_LEAD = re.compile(r"nhiem vu|noi dung thi dua|noi dung (?:cua )?phong trao")
_CONTENT_LEAD = re.compile(r"noi dung")
_OTHER_LEAD = re.compile(
    r"to chuc thuc hien|khen thuong|tieu chi|tieu chuan|doi tuong|thoi gian|phan cong|kinh phi|dip |su kien|"
    r"ngay le|hinh thuc|muc dich|yeu cau|pham vi|so ket|danh hieu|giai phap to chuc|"
    r"phuong phap|quyet dinh$|dang ky|binh xet|noi nhan"
)
_TARGET_LEAD = re.compile(r"chi tieu|muc tieu")
_TASK_VERB = re.compile(
    r"^(thi dua|tiep tuc|tich cuc|day manh|tang cuong|thuc hien|nang cao|hoan thanh|to "
    r"chuc|xay dung|chu trong|"
    r"phan dau|doi moi|trien khai|tap trung|lam tot|quan tam|phat huy|chu dong|gan |huong "
    r"ung|bao dam|dam bao|"
    r"ung dung|phong, chong|cham lo|ra soat|dao tao|cai cach|kien toan|quan ly|giu gin|thuc hanh|phoi hop|"
    r"quan triet|tuyen truyen|phat hien|duy tri|mo rong|khai thac|gin giu|chap hanh|lap|su dung)\b"
)
_LISTED = ("decimal", "decimal2", "decimal3", "letter", "dash", "bullet", "plus")
_ENOUGH = 4.0
_HEADING_LENGTH = 120


def find_tasks(root: Node) -> list[Task]:
    """The tasks, as in `[{"text": "Thi đua …", "heading": "Cải cách hành chính", "topics": […]}]`.

    Shape: `text` as typed without its list mark; `details` the texts of what stands under it;
    `index` the place of its block.
    """
    groups = [(score, nodes) for node in walk(root) for score, nodes in _groups(node)]
    best: Group = max(groups, key=lambda group: group[0], default=(0.0, []))
    if best[0] < _ENOUGH:
        return []
    return [_task(node) for node in best[1]]


def _groups(node: Node) -> Iterator[Group]:
    """The lists directly under a node, each with how much it looks like the list of tasks."""
    for kind in _LISTED:
        items = [child for child in node.children if child.kind == kind]
        if len(items) > 1:
            yield _score(node, items), items


def _score(node: Node, items: list[Node]) -> float:
    lead = _lead_text(node, items[0])
    score = 0.0
    if _TASK_LEAD.search(lead):
        score += 4
    elif _CONTENT_LEAD.search(lead):
        score += 3
    if _OTHER_LEAD.search(lead) and not _TASK_LEAD.search(lead):
        score -= 6
    elif _TARGET_LEAD.search(lead) and not _TASK_LEAD.search(lead):
        score -= 3
    if lead.endswith(":"):
        score += 1
    verbs = sum(bool(_TASK_VERB.match(item.key)) for item in items)
    calls = sum(item.key.startswith("thi dua") for item in items)
    score += 3 * verbs / len(items) + 2 * calls / len(items)
    return score + 0.3 * min(len(items), 6)


def _lead_text(node: Node, first: Node) -> str:
    """What announces a list: the last clause of the paragraph above it, or its heading."""
    before = [child for child in node.children if child.index < first.index and child.is_lead]
    text = before[-1].key if before else node.key
    clause = re.split(r"[.;]\s", text)[-1]
    return clause[-200:] if clause.endswith(":") else clause[:200]


def _task(node: Node) -> Task:
    details = [" ".join(filter(None, [child.mark, child.text])) for child in _details(node)]
    whole = " ".join([node.text, *details])
    return {
        "text": node.text,
        "heading": _bold_opening(node) or heading_for(node.text),
        "topics": topics_in(whole),
        "details": details,
        "index": node.index,
    }


def _details(node: Node) -> list[Node]:
    """What stands under a task; a plain paragraph only under a task that is a mere heading, since
    after the last item of a list the text simply goes on."""
    is_heading = len(node.text) < _HEADING_LENGTH and not re.search(r"[.;]$", node.text)
    return [child for child in walk(node) if child is not node and (child.kind or is_heading)]


def _bold_opening(node: Node) -> str:
    """The bold words that open a task, as in "**Cải cách hành chính:** đẩy mạnh …"."""
    runs = [run for run in node.paragraph.runs if run.text.strip()] if node.paragraph else []
    if len(runs) < 2 or not runs[0].bold or runs[1].bold:
        return ""
    words = re.sub(r"^\W*(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])?[.)]?\s*", "", runs[0].text).strip(" .:;-")
    return words if 2 <= len(words.split()) <= 8 else ""
