"""`manage.py link_citations`: looks at every citation again."""

from django.core.management.base import BaseCommand

from directives.models import Citation
from directives.models.linking import relink


class Command(BaseCommand):
    help = (
        "Nối lại mọi viện dẫn của các trang đã đăng với văn bản có trên cổng, và lập mục cho văn bản chưa có. "
        "Chạy một lần sau khi nâng cấp từ bản chưa lập mục."
    )

    def handle(self, *args, **options):
        rows = list(Citation.objects.values_list("pk", flat=True))
        relink(rows)
        self.stdout.write(f"Đã xem lại {len(rows)} viện dẫn.")
