"""The way into the desk and out of it."""

import re

from playwright.sync_api import expect

from tests.desk.conftest import Open, says, sign_in


def test_whoever_is_not_signed_in_is_led_there_and_back(page_of: Open) -> None:
    """With what the address said of the page one wanted."""
    page = page_of("/inbox?view=overdue")
    expect(page).to_have_url(re.compile("/desk/sign-in"))
    sign_in(page, "demo-agent")
    expect(page).to_have_url(re.compile(r"/desk/inbox\?view=overdue$"))


def test_a_wrong_password_is_told_in_words(page_of: Open) -> None:
    """And the form stays as it was filled in."""
    page = page_of("/sign-in")
    sign_in(page, "other-owner", "wrong")
    says(page, "This account or password is not right.")
    expect(page.get_by_label("Account")).to_have_value("other-owner")


def test_a_session_that_is_over_leads_to_signing_in(signed_in: Open) -> None:
    """The next thing that the page asks finds out; afterwards one is where one was."""
    page = signed_in("/inbox?view=all")
    expect(page.get_by_role("table")).to_be_visible()
    page.context.clear_cookies()
    expect(page).to_have_url(re.compile("/desk/sign-in"))
    sign_in(page, "demo-agent")
    expect(page).to_have_url(re.compile(r"/desk/inbox\?view=all$"))


def test_signing_out_leaves_nothing(signed_in: Open) -> None:
    """Going back shows no tasks."""
    page = signed_in("/inbox")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/desk/sign-in"))
    page.go_back()
    expect(page).to_have_url(re.compile("/desk/sign-in"))


def test_the_language_is_one_at_a_time(signed_in: Open) -> None:
    """As the browser prefers it, until somebody chooses; the API's words go with it."""
    page = signed_in("/inbox?view=all", locale="zh-CN")
    expect(page.get_by_role("columnheader", name="时限")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("columnheader", name="Due")).to_be_visible()
    expect(page.get_by_role("tab", name="Overdue")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="中文")).to_be_visible()
