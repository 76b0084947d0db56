"""Clicks that lead to another page."""

from playwright.sync_api import Locator, Page


def follow(page: Page, link: Locator) -> None:
    """Clicks and waits until the page behind it stands: a click alone returns before the next page has a body."""
    with page.expect_navigation():
        link.click()
