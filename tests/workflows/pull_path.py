"""The life of a source whose platform is asked for what changed, played on the sandbox."""

from tests.sandbox.by_platform import SOURCES, ByTaobao
from tests.sandbox_server import Shop


def pulled(shop: Shop) -> str:
    """Pushes are lost and asked for, one is told and asked for at once, it is asked too often; then it is removed."""
    told = ByTaobao(shop, f"P{shop.prefix}", "taobao")
    told.set_up({"drop": 1.0})
    told.ordered(0, shop.now())
    shop.advance(minutes=11)
    shop.get(f"/v1/cases/order:demo:taobao:{told.prefix}0")
    path = f"/sandbox/platforms/taobao/{told.source}/script"
    assert shop.call("PUT", path, {"limit": 1}, "demo-ops").status_code == 200
    told.paid(0, shop.now())
    shop.advance(minutes=15)
    assert shop.get(f"/v1/cases/order:demo:taobao:{told.prefix}0")["money"]["paid"] == "209.00"
    for source in (told.source, told.kuaidi100):
        assert shop.call("DELETE", f"{SOURCES}/{source}", token="demo-owner").status_code == 204
    return told.source
