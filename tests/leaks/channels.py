"""The ways out of the portal as addresses to ask; names begin with the number of the channel in the design."""

import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

from tests.leaks.readers import STRANGER

LINK = re.compile(r'(?:href|src|action|content)="(/[^"#]*)"|srcset="(/\S+)|<loc>https?://[^/]+(/[^<]*)</loc>')
#: Ways out of the site or of the session, and those asked apart.
LEFT_OUT = ("/quan-tri/", "/hien-thi/", "/tinh/", "/dang-nhap/", "/dang-xuat/", "/tim-kiem/", "/kho-luu-tru/")
STARTS = (
    "/",
    "/van-ban/",
    "/phong-trao/",
    "/guong-dien-hinh/",
    "/tin-tuc/",
    "/don-vi/",
    "/gioi-thieu/",
    "/noi-bo/",
    "/kho-luu-tru/",
    "/sitemap-trang.xml",
)
SEARCHES = (
    "/tim-kiem/?q={q}",
    "/tim-kiem/atom.xml?q={q}",
    "/tim-kiem/ket-qua.csv?q={q}",
    "/tim-kiem/ket-qua.xlsx?q={q}",
    "/api/tim-kiem?q={q}",
)
WORDS = ("kế hoạch kiểm thử", "ke hoach", "1186", "noi dung rieng", "kiem thu zq", "lịch trực", "hoạchk kiemr thử")


def hidden(site) -> list:
    return [each for each in site.canaries.values() if STRANGER not in each.readers]


def search(site) -> Iterator[str]:
    for each in SEARCHES:
        yield from (each.format(q=quote_plus(words)) for words in WORDS)
    for turn, canary in enumerate(hidden(site)):
        yield SEARCHES[turn % 5].format(q=canary.word("tbnax"[turn % 5]))
        yield SEARCHES[4].format(q=quote_plus(f"kiểm thử {canary.stem}"))


def suggestions(site) -> Iterator[str]:
    yield from (f"/tim-kiem/goi-y/?q={quote_plus(words)}" for words in WORDS)
    for turn, canary in enumerate(hidden(site)):
        word = canary.word("t")
        yield from (f"/tim-kiem/goi-y/?q={word[:length]}" for length in range(2, len(word), 3 if turn % 5 else 1))
        yield f"/tim-kiem/goi-y/?q={canary.word('n')[:-1]}"


def mended_words(site) -> Iterator[str]:
    """A slip in every token: nobody is told how it is really written."""
    for canary in hidden(site):
        word = canary.word("t")
        yield f"/tim-kiem/?q={word[:-2]}{word[-1]}"
        yield f"/api/tim-kiem?q={word[:3]}{word[4]}{word[3]}{word[5:]}"


def facets(site) -> Iterator[str]:
    yield from (
        "/tim-kiem/nang-cao/",
        "/tim-kiem/?q=van+ban",
        "/api/tim-kiem",
        "/tim-kiem/?muc=story",
        "/tim-kiem/?muc=unit",
    )
    asked = {name: [str(site.hidden_unit.pk), str(site.hidden_campaign.pk)] for name in ("don_vi", "phong_trao")}
    asked["don_vi"].append(site.hidden_unit.slug)
    asked["phong_trao"].append(site.hidden_campaign.slug)
    asked["linh_vuc"] = [f"Lĩnh vực {canary.word('g')}" for canary in hidden(site)[::4]]
    for name, values in asked.items():
        for value in values:
            for place in ("/tim-kiem/", "/kho-luu-tru/", "/api/tim-kiem"):
                yield f"{place}?{name}={quote_plus(value)}"


def archives(site) -> Iterator[str]:
    for section in ("van-ban", "phong-trao", "guong-dien-hinh", "tin-tuc"):
        yield from (
            f"/{section}/",
            f"/{section}/?nam=2024",
            f"/{section}/?sap_xep=cu-nhat",
            f"/{section}/?thang=3&nam=2024",
        )
        yield f"/kho-luu-tru/?muc={section}"
    for unit in ("phong-ai", "phong-be", site.hidden_unit.slug):
        yield from (f"/don-vi/{unit}/", f"/don-vi/{unit}/luu-tru/", f"/don-vi/{unit}/luu-tru/?muc=tin-tuc")


def exports(site) -> Iterator[str]:
    for form in ("xlsx", "csv"):
        yield from (f"/kho-luu-tru/so-van-ban.{form}", f"/kho-luu-tru/so-van-ban.{form}?nam=2024")
        yield from (
            f"/don-vi/{unit}/luu-tru/so-van-ban.{form}" for unit in ("phong-ai", "phong-be", site.hidden_unit.slug)
        )
        yield f"/tim-kiem/ket-qua.{form}"


def feeds_and_maps(site) -> Iterator[str]:
    for section in ("van-ban", "phong-trao", "guong-dien-hinh", "tin-tuc"):
        yield from (f"/{section}/atom.xml", f"/{section}/atom.xml?don_vi={site.hidden_unit.pk}&q=zq")
    yield from ("/sitemap.xml", "/sitemap-trang.xml", "/robots.txt", "/opensearch.xml", "/api/tim-kiem/mo-ta.json")
    yield from ("/healthz/ready", "/favicon.ico")


def machines(site) -> Iterator[str]:
    """Interfaces that Wagtail could offer and this site does not."""
    yield from (
        "/api/v2/pages/",
        "/api/v2/pages/?fields=*",
        "/api/v2/documents/",
        "/api/v2/images/",
        "/api/v3/openapi.json",
    )
    yield from (f"/api/v2/pages/{each.ids['page'].pk}/?fields=*" for each in hidden(site)[:3])
    yield from (
        "/api/v2/pages/find/?html_path=/van-ban/",
        "/documents/1/x",
        "/__debug__/",
        "/.git/config",
        "/dump.json",
    )
    yield from (
        "/var/portal.sqlite3",
        "/db.sqlite3",
        "/backup.tar.gz",
        "/media/",
        "/tep/",
        "/tep/images/",
        "/tep/documents/",
    )
    yield from ("/tep/original_images/", "/tinh/../var/secret_key", "/static/", "/tinh/", "/.env")


def addresses_of_pages(site) -> Iterator[str]:
    """Every page, and every third hidden one in every disguise."""
    for canary in site.canaries.values():
        url = canary.ids["page"].url
        yield from (url, f"{url}ban-in/")
    for canary in hidden(site)[::3]:
        page = canary.ids["page"]
        url = page.url
        yield from (
            f"{url}toan-van/",
            f"{url}luu-tru/",
            url.rstrip("/"),
            f"/{url}",
            url.upper(),
            url.replace("/", "//"),
        )
        yield from (f"{url}?preview=1", f"{url}x.css", quote(url).replace("-", "%2d"), url.replace("-", "%2e"))
        yield from (f"/trang-chu{url}", f"/vi{url}", f"{url}atom.xml", f"/pages/{page.pk}/", f"/?page_id={page.pk}")
        yield from (f"{url}../", f"{url}?format=json&fields=*")


def files(site) -> Iterator[str]:
    for canary in site.canaries.values():
        for kind in ("docx", "pdf"):
            file = canary.ids.get(kind)
            if file is not None and file.pk:
                yield from (
                    file.url,
                    f"/tai-ve/{file.pk}/sai-ten.pdf",
                    f"/tep/{file.file.name}",
                    f"/documents/{file.pk}/",
                )
    for canary in site.canaries.values():
        if image := canary.ids.get("image"):
            yield image.file.url
            yield from (rendition.file.url for rendition in image.renditions.all())


CHANNELS = {
    "L1-L2-search": search,
    "L2-mended-words": mended_words,
    "L3-facets": facets,
    "L4-suggestions": suggestions,
    "L7-L8-archives": archives,
    "L9-L10-feeds-and-maps": feeds_and_maps,
    "L11-L30-machines": machines,
    "L12-L13-pages": addresses_of_pages,
    "L14-L16-files": files,
    "L29-exports": exports,
}


def links_of(response) -> list[str]:
    if response.streaming or "ml" not in response.get("Content-Type", ""):
        return []
    found = LINK.findall(response.content.decode(errors="replace"))
    return [next(filter(None, each)).replace("&amp;", "&") for each in found]
