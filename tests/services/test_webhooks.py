"""Setting up webhooks: whom one may call, and what happens while Temporal does not answer."""

import pytest

from services import webhooks as service
from services.context import Context
from services.errors import Invalid
from store import webhooks
from tests.store.scenes import NOON, open_order, order


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://localhost/", "https://[::1]/", "http://169.254.169.254/"]
)
async def test_an_address_that_is_not_public_is_refused(here: Context, url: str) -> None:
    """By its number or its name, when it is set up and when it is changed."""
    assert not here.settings.webhooks_private, "as it is unless somebody says otherwise"
    with pytest.raises(Invalid, match="not public"):
        await service.add_webhook(here, "demo", url, ["*"], "")
    made, _ = await service.add_webhook(here, "demo", "https://nobody.invalid/", ["*"], "")
    with pytest.raises(Invalid, match="not public"):
        await service.change_webhook(here, made, url, ["*"], "")


async def test_a_name_that_nobody_knows_yet_is_taken(here: Context) -> None:
    """It is looked up at each call; its first change wakes it."""
    made, secret = await service.add_webhook(here, "demo", "https://nobody.invalid/", ["*"], "CRM")
    assert secret.startswith("whsec_")
    assert await service.find_webhook(here, "demo", made.webhook_id) == made
    await open_order(here.db, order("T1"))
    assert await here.db.read(webhooks.to_wake, NOON, 10) == [made]
