"""Documents that published pages cite and the site does not hold."""

from urllib.parse import urlsplit

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, Q

from directives.models.identity import Identity, of_number
from home.partial_dates import PartialDateField
from search.shipped_rows import ShippedQuerySet, plain_words
from search.vietnamese.dates import spell_short


class StubQuerySet(ShippedQuerySet):
    def meant_by(self, said: Identity) -> "DocumentStub | None":
        """The stub of a document cited in these words, or in others that agree with them; never a guess of two."""
        if not said.names_one:
            return None
        if stub := self.filter(key=said.key).first():
            return stub
        if said.is_numbered:
            rows = of_number(self, said.number, said.notation).filter(separator=said.separator)
        else:
            rows = self.filter(number="", folded__contains=plain_words(said.name))
            rows = [row for row in rows if plain_words(row.name) == plain_words(said.name)]
        if said.is_party and not said.day:
            return None
        agreeing = [row for row in rows if said.agrees_with(row.issued_on, row.issuer)]
        return agreeing[0] if len(agreeing) == 1 else None

    def made_of(self, said: Identity, kind: str) -> "DocumentStub | None":
        """The stub of a document cited so, made when there is none; None when the words may mean several."""
        stub = self.meant_by(said)
        if stub:
            # Nobody may drop it before the citation is kept; who did so a moment ago makes us make it again.
            stub = self.select_for_update().filter(pk=stub.pk).first()
        if stub is None and said.names_one:
            stub, _ = self.get_or_create(key=said.key, defaults={"kind": kind, **_said(said)})
        elif stub and not stub.is_checked and stub.edited_at is None:
            stub.learn(said)
        return stub

    def counted(self):
        """Each with `cited_count`, the number of pages on the site that cite it, the most cited first."""
        pages = Count("citations__page", filter=Q(citations__page__live=True), distinct=True)
        rows = self.annotate(cited_count=pages).filter(Q(cited_count__gt=0) | Q(edited_at__isnull=False))
        return rows.order_by("-cited_count", "notation", "number", "name")


def _said(said: Identity) -> dict:
    """The fields of a new stub."""
    if not said.is_numbered:
        return {"issued_on": said.day, "issuer": said.issuer, "name": said.name[:500]}
    numbered = {"number": said.number, "separator": said.separator, "notation": said.notation}
    return numbered | {"issued_on": said.day, "issuer": said.issuer, "name": said.abstract[:500]}


class DocumentStub(models.Model):
    """A cited document that is not on the site: what its citations say, completed by the office.

    Nothing of it is shown to anybody before the office has checked it: it may have been cited on an internal page
    first. `key` stands for the words of the first citation and never changes, so that the office may correct the rest.
    """

    key = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField("tên loại", max_length=80, blank=True)
    number = models.CharField("số", max_length=11, blank=True)
    separator = models.CharField(
        "dấu", max_length=1, default="/", blank=True, choices=[("/", "/"), ("-", "-"), (":", ":")]
    )
    notation = models.CharField("ký hiệu", max_length=40, blank=True)
    issued_on = PartialDateField("ngày ban hành", help_text="Chưa rõ ngày: ghi 3/2024 hoặc 2024.")
    issuer = models.CharField("cơ quan ban hành", max_length=255, blank=True)
    name = models.CharField("tên gọi, trích yếu", max_length=500, blank=True)
    source_url = models.CharField(
        "địa chỉ đọc văn bản",
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"], message="Địa chỉ không hợp lệ. Hãy viết cả https:// ở đầu.")],
        help_text="Trang chính thức đăng văn bản, ví dụ trên vbpl.vn. Bắt đầu bằng https://.",
    )
    note = models.TextField("ghi chú", max_length=1000, blank=True, help_text="Chỉ Văn phòng đọc.")
    is_checked = models.BooleanField(
        "đã kiểm tra",
        default=False,
        help_text="Chỉ khi đánh dấu, cổng mới dùng số, ngày để nối viện dẫn và cho mọi người thấy địa chỉ đọc văn bản.",
    )
    edited_at = models.DateTimeField("lần sửa cuối", null=True, editable=False)
    folded = models.TextField(editable=False, default="")

    objects = models.Manager.from_queryset(StubQuerySet)()

    class Meta:
        verbose_name = "văn bản chưa có trên cổng"
        verbose_name_plural = "văn bản được dẫn chiếu, chưa có trên cổng"
        indexes = [models.Index(fields=["number", "notation"], name="stub_number")]

    def __str__(self) -> str:
        day = f"({spell_short(self.issued_on)})" if self.issued_on else ""
        named = " ".join(part for part in (self.kind, self.printed_number) if part) if self.notation else self.name
        return f"{named} {day}".strip()

    def save(self, *args, **kwargs) -> None:
        self.folded = self.words()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "folded"}
        super().save(*args, **kwargs)

    def learn(self, said: Identity) -> None:
        """What a further citation says besides: the issuer, the day of a year. Nothing that is known is changed."""
        before = self.issued_on, self.issuer, self.name
        told = _said(said)
        if told["issued_on"] and self.issued_on and len(told["issued_on"].iso()) > len(self.issued_on.iso()):
            self.issued_on = told["issued_on"]
        self.issuer, self.name = self.issuer or told["issuer"], self.name or told["name"]
        if before != (self.issued_on, self.issuer, self.name):
            # Quietly: what nobody has checked decides nothing, and is shown to nobody but the office.
            rows = type(self).objects.filter(pk=self.pk)
            rows.update(issued_on=self.issued_on, issuer=self.issuer, name=self.name, folded=self.words())

    def words(self) -> str:
        """What the list of the office is searched by, without marks."""
        said = (self.kind, self.number, self.notation, self.printed_number, self.issuer, self.name)
        return plain_words(" ".join(said))

    @property
    def printed_number(self) -> str:
        return f"{self.number}{self.separator}{self.notation}" if self.notation else self.number

    @property
    def day_text(self) -> str:
        """The date as lists write it, e.g. "05/03/2024"."""
        return spell_short(self.issued_on) if self.issued_on else ""

    @property
    def public_address(self) -> str:
        """Where anybody may read the document; "" before the office has checked it."""
        return self.source_url if self.is_checked and self.source_url.startswith(("https://", "http://")) else ""

    @property
    def public_site(self) -> str:
        """The site of that address, e.g. "vbpl.vn"."""
        return (urlsplit(self.public_address).hostname or "").removeprefix("www.")
