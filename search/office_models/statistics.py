"""What was asked and whether it helped, by day; never by whom."""

from django.db import models

#: What a reader may answer to "Vì sao?"; the keys are the names of the fields of `FeedbackDay`.
REASONS = {
    "missing": "Không có tài liệu tôi cần",
    "outdated": "Tài liệu đã cũ hoặc hết hiệu lực",
    "unrelated": "Kết quả không đúng điều tôi hỏi",
}


class QueryDay(models.Model):
    """One query on one day, strangers and staff apart.

    Shape: `query` is folded and "" stands for all queries whose words are not kept; `wording` is how somebody
    typed it. `zero` had no hit, `slow` took longer than allowed, `reduced` were answered by the stand-in engine.
    """

    day = models.DateField()
    is_staff = models.BooleanField(default=False)
    query = models.CharField(max_length=300, blank=True)
    wording = models.CharField(max_length=300, blank=True)
    searches = models.PositiveIntegerField(default=0)
    zero = models.PositiveIntegerField(default=0)
    slow = models.PositiveIntegerField(default=0)
    reduced = models.PositiveIntegerField(default=0)
    total_ms = models.PositiveBigIntegerField(default=0)
    longest_ms = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "is_staff", "query"], name="query_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.wording}: {self.searches}"


class FeedbackDay(models.Model):
    """The answers to "Kết quả có hữu ích không?" for one query on one day."""

    day = models.DateField()
    is_staff = models.BooleanField(default=False)
    query = models.CharField(max_length=300, blank=True)
    wording = models.CharField(max_length=300, blank=True)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    outdated = models.PositiveIntegerField(default=0)
    unrelated = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "is_staff", "query"], name="feedback_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.wording}: +{self.yes} -{self.no}"


class LogFile(models.Model):
    """How far a file of the query log has been counted: `size` bytes of `name`, from the folder `place`."""

    place = models.CharField(max_length=64)
    name = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="log_file_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.size}"
