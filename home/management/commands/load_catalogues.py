"""`manage.py load_catalogues`: bring every catalogue up to the files shipped with the product."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst

from home.catalogue_files import CatalogueFileError, catalogue_models, catalogue_path, load_rows


class Command(BaseCommand):
    help = "Nạp các danh mục kèm theo phần mềm; mục văn phòng đã sửa thì giữ nguyên."

    def handle(self, *args, **options):
        for model in catalogue_models():
            try:
                counts = load_rows(model, catalogue_path(model))
            except CatalogueFileError as error:
                raise CommandError(f"Không nạp được danh mục. {error}") from error
            self.stdout.write(
                f"{capfirst(model._meta.verbose_name_plural)}: thêm {counts.added}, "
                f"cập nhật {counts.updated}, không đổi {counts.unchanged}, "
                f"giữ bản văn phòng đã sửa {counts.kept}"
            )
