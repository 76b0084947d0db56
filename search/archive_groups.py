"""The filters of an archive as pages show them: fields of a form, or lists of links in a column."""

from dataclasses import dataclass

from search.archive import Archive
from search.choices import Choice

#: Choices of a list that stand open; the others fold. The months of a year all stand open.
OPEN_CHOICES = 8
MONTHS_AND_UNDATED = 13


@dataclass(frozen=True, slots=True)
class Group:
    """One filter, e.g. `Group("don_vi", "Đơn vị soạn thảo", "Tất cả đơn vị", [Choice("van-phong", …)])`."""

    name: str
    label: str
    everything: str
    choices: list[Choice]

    @property
    def first(self) -> list[Choice]:
        return self.choices[: self._open_choices]

    @property
    def rest(self) -> list[Choice]:
        return self.choices[self._open_choices :]

    @property
    def _open_choices(self) -> int:
        return MONTHS_AND_UNDATED if self.name == "thang" else OPEN_CHOICES

    @property
    def is_open(self) -> bool:
        return any(choice.is_chosen for choice in self.rest)


def form_groups(archive: Archive) -> list[Group]:
    """The filters beside the strip of months, those that offer a choice."""
    shelf = archive.shelf
    unit = "Đơn vị soạn thảo" if shelf.is_register else "Đơn vị"
    groups = [
        Group("loai", shelf.type_label, shelf.all_types, archive.types),
        Group("don_vi", unit, "Tất cả đơn vị", archive.units),
        Group("linh_vuc", "Lĩnh vực", "Tất cả lĩnh vực", archive.fields),
        Group("co_quan", "Cơ quan ban hành", "Tất cả cơ quan", archive.issuers),
        Group("phong_trao", "Phong trào thi đua", "Tất cả phong trào", archive.campaigns),
    ]
    return [group for group in groups if _offers_choice(group, archive)]


def column_groups(archive: Archive) -> list[Group]:
    """The same as lists of links, the years first, under the chosen year its months."""
    times = [
        Group("nam", "Năm", "Tất cả năm", archive.years),
        Group("thang", f"Tháng của năm {archive.year}", "Cả năm", archive.months_of_year),
    ]
    return [group for group in times if group.choices] + form_groups(archive)


def _offers_choice(group: Group, archive: Archive) -> bool:
    """Whether a filter could change the list: more than one value, or one that not all entries have."""
    if len(group.choices) != 1:
        return bool(group.choices)
    return group.choices[0].is_chosen or group.choices[0].count < archive.total


def span_of(archive: Archive) -> str:
    """The part of the archive that is open, e.g. "Tháng 11 năm 2024", "Năm 2024, không rõ tháng"."""
    year, month = archive.year, archive.month
    if year is None and month is None:
        return "Toàn bộ sổ văn bản" if archive.shelf.is_register else f"Toàn bộ {archive.shelf.noun}"
    if year == 0:
        return "Không rõ năm"
    if month is None:
        return f"Năm {year}"
    if month == 0:
        return f"Năm {year}, không rõ tháng" if year else "Không rõ tháng"
    return f"Tháng {month} năm {year}" if year else f"Tháng {month} của mọi năm"
