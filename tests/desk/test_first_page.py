"""What a browser has to load before somebody can work."""

from playwright.sync_api import expect

from tests.desk.conftest import Open

MOST = 500_000
"""Bytes of scripts and styles, as they are sent: packed."""
SENT = """() => performance.getEntriesByType("resource")
  .filter(one => one.name.includes("/desk/assets/")).map(one => one.encodedBodySize)"""


def test_the_first_page_is_small(signed_in: Open) -> None:
    """From the sign-in to the inbox; forms, cases and charts come when they are wanted."""
    page = signed_in("/inbox")
    expect(page.get_by_role("table").first).to_be_visible()
    sent = page.evaluate(SENT)
    assert all(sent), "a file whose size the browser does not tell"
    assert sum(sent) < MOST
