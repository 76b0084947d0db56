"""Rows that own one file: written together, replaced together, undone together."""

from django.db import models, transaction


class OwnsFile(models.Model):
    """A row whose file is written in its own transaction; the file it replaces goes once that is kept."""

    #: The name of a file that was written before the row was saved.
    kept_early = ""
    #: While the row is saved: whether it names another file than before.
    replaces_file = False

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs) -> None:
        early, self.kept_early = self.kept_early, ""
        try:
            with transaction.atomic():
                self._save_with_file(*args, update_fields=update_fields, **kwargs)
        except BaseException:
            if early:
                self.file.storage.discard(early)
            raise

    def keep_upload(self) -> None:
        """Write the uploaded file now, so that a form can say what is wrong.

        Errors: OSError, e.g. when the disk is full; nothing is left of the file then.
        """
        self.take_in()
        self.file.save(self.file.name, self.file.file, save=False)
        self.kept_early = self.file.name

    def take_in(self) -> None:
        """Hook: look at an upload before it is written."""

    def read_new_file(self) -> None:
        """Hook: note what is to be known of a file that this row names for the first time."""

    def drop_what_was_made_of_it(self) -> None:
        """Hook: the file was replaced."""

    def _save_with_file(self, *args, update_fields, **kwargs) -> None:
        self.replaces_file = False
        if not self.file or (update_fields is not None and "file" not in update_fields):
            return super().save(*args, update_fields=update_fields, **kwargs)
        former = self._file_in_database()
        if not self.file._committed:
            self.take_in()
        if not self.file._committed or self.file.name != former:
            self.replaces_file = bool(former)
            self.read_new_file()
        super().save(*args, update_fields=update_fields, **kwargs)
        if former and former != self.file.name:
            self.drop_what_was_made_of_it()
            self.file.storage.delete(former)

    def _file_in_database(self) -> str:
        """The file as the row names it now; the row is ours until the end of the transaction."""
        if not self.pk:
            return ""
        rows = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        return rows.values_list("file", flat=True).first() or ""
