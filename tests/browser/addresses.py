"""One page of every kind in the demonstration, by the name of its kind."""

CALL = "/phong-trao/phat-dong-phong-trao-thi-dua-nam-2024/"
SECTIONS = ["/van-ban/", "/phong-trao/", "/guong-dien-hinh/", "/tin-tuc/", "/don-vi/"]
PAGES = {
    "home": "/",
    "campaign": CALL,
    "running campaign": "/phong-trao/phong-trao-thi-dua-nong-nghiep-va-moi-truong-nam-2026/",
    "full text": f"{CALL}toan-van/",
    "print view": f"{CALL}ban-in/",
    "directive": "/van-ban/94-hd-stnmt-2024/",
    "directive of a central organ": "/van-ban/39-ct-tw-2004/",
    "recalled directive": "/van-ban/229-stnmt-khtc-2024/",
    "story": "/guong-dien-hinh/ban-do-dia-chinh-ve-tan-thon/",
    "unit": "/don-vi/so-tai-nguyen-va-moi-truong/trung-tam-quan-trac/",
    "closed unit": "/don-vi/so-tai-nguyen-va-moi-truong/",
    "article": "/tin-tuc/kiem-tra-thuc-dia-cac-diem-quan-trac-mua-kho/",
    "notice": "/tin-tuc/lay-y-kien-danh-sach-chien-si-thi-dua-co-so-2024/",
    "plain page": "/lien-he/",
    "directives": "/van-ban/",
    "campaigns": "/phong-trao/",
    "stories": "/guong-dien-hinh/",
    "news": "/tin-tuc/",
    "units": "/don-vi/",
    "archive": "/kho-luu-tru/?nam=2024",
    "search": "/tim-kiem/?q=thi+dua",
    "empty search": "/tim-kiem/?q=khongcogi",
    "no such page": "/khong-co/",
}
INTERNAL = "/van-ban/212-qd-stnmt-2024/"
