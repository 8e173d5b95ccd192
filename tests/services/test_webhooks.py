"""Setting up webhooks: whom one may call, and what happens while Temporal does not answer."""

import pytest

from services import webhooks as service
from services.context import Context
from services.errors import Invalid, Unavailable
from store import webhooks
from tests.services.parts import NoTemporal
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


async def test_what_is_set_stands_though_temporal_is_away(here: Context, temporal: NoTemporal) -> None:
    """Its workflow hears of it at its next attempt; a test delivery is made now or not at all."""
    made, _ = await service.add_webhook(here, "demo", "https://nobody.invalid/", ["*"], "")
    changed = await service.change_webhook(here, made, "https://another.invalid/", ["order.*"], "CRM")
    assert await service.find_webhook(here, "demo", made.webhook_id) == changed
    assert temporal.started == [f"webhook:{made.webhook_id}"]
    with pytest.raises(Unavailable, match="Try again"):
        await service.try_webhook(here, changed)
