"""Letters about comments on a draft: to those who follow the page, and to those who spoke in the thread."""

from dataclasses import dataclass

from wagtail.models import Comment, CommentReply, Page, PageSubscription

from portal.office.letters import COMMENTS, newest_of, receivers, send_letters


@dataclass(frozen=True, slots=True)
class CommentNews:
    """What happened to the comments of a page in one save; `replied` pairs a comment with its new replies."""

    new: list[Comment]
    resolved: list[Comment]
    deleted: list[Comment]
    replied: list[tuple[Comment, list[CommentReply]]]

    @classmethod
    def of(cls, changes: dict) -> "CommentNews":
        """From what Wagtail's edit view found, e.g. `CommentNews.of({"new_comments": [comment], …})`."""
        lists = (changes[f"{name}_comments"] for name in ("new", "resolved", "deleted"))
        return cls(*map(list, lists), list(changes["new_replies"]))

    def __bool__(self) -> bool:
        return bool(self.new or self.resolved or self.deleted or self.replied)

    def threads(self) -> set[int]:
        """The comments whose threads went on."""
        return {comment.pk for comment in [*self.resolved, *(comment for comment, _ in self.replied)]}

    def within(self, threads: set[int]) -> "CommentNews":
        """The news of these threads alone."""
        resolved = [comment for comment in self.resolved if comment.pk in threads]
        return CommentNews([], resolved, [], [pair for pair in self.replied if pair[0].pk in threads])


class TellsOfComments:
    """For Wagtail's edit views: their letters about comments go through the office's rule."""

    def send_commenting_notifications(self, changes: dict) -> None:
        tell_of_comments(self.page, self.request.user, CommentNews.of(changes))


def tell_of_comments(page: Page, author, news: CommentNews) -> None:
    """One letter to each person concerned who may edit the page now; never to the author of the news."""
    if not news:
        return
    told = {pk: news.within(threads) for pk, threads in _speakers(news.threads()).items()}
    followers = PageSubscription.objects.filter(page_id=page.pk, comment_notifications=True)
    told |= dict.fromkeys(followers.values_list("user_id", flat=True), news)
    told.pop(author.pk, None)
    if not told:
        return
    page = newest_of(page)
    chosen = receivers(told, page, COMMENTS)
    send_letters(COMMENTS, page, [(person, {"author": author, "news": told[person.pk]}) for person in chosen])


def _speakers(threads: set[int]) -> dict[int, set[int]]:
    """Who began or answered which of the threads, e.g. `{4: {17, 18}}`."""
    spoke: dict[int, set[int]] = {}
    begun = Comment.objects.filter(pk__in=threads).values_list("user_id", "pk")
    answered = CommentReply.objects.filter(comment_id__in=threads).values_list("user_id", "comment_id")
    for person_id, thread in [*begun, *answered]:
        spoke.setdefault(person_id, set()).add(thread)
    return spoke
