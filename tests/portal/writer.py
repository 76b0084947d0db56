"""A writer of its own process: signs in, saves one page many times through the admin, tells how each save went.

`python -m tests.portal.writer <page> <username> <saves>`; the database is that of PORTAL_VAR.
"""

import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")


def main(page_id: int, username: str, saves: int) -> dict:
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.test import Client
    from wagtail.models import Page

    from tests.office import edit_address, form_data, newest

    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    page = Page.objects.get(pk=page_id).specific
    seconds, codes = [], []
    for number in range(saves):
        posted = form_data(newest(page), title=f"{username} lần {number}")
        begun = time.monotonic()
        codes.append(client.post(edit_address(page), posted).status_code)
        seconds.append(time.monotonic() - begun)
    return {"codes": codes, "slowest": max(seconds)}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
