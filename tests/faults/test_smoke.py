import time
from tests.faults.client import shop_at, order, event
from tests.real_servers import RealStack, Part

async def test_smoke(real_stack: RealStack):
    async with shop_at(real_stack.address) as shop:
        t=time.monotonic()
        a = await shop.call("POST","/v1/cases",order("T1")); print(a.status_code,a.text[:100], time.monotonic()-t)
        case="order:demo:taobao:T1"
        print(await shop.insist("POST","/v1/events",event("p1","payment.received","order/taobao/T1",amount="209.00"),"demo-payment"))
        t=time.monotonic()
        await shop.until(case, lambda c: c["stage"]=="awaiting_shipment"); print("shown", time.monotonic()-t)
        await real_stack.stop(Part.TEMPORAL)
        for what in [("POST","/v1/cases",order("T2")),("GET","/readyz"),("POST",f"/v1/cases/{case}/actions/change_order",{"line_id":"1","sku":"X"}),("POST",f"/v1/cases/order:demo:taobao:T2/actions/change_order",{"line_id":"1","sku":"X"}),("GET","/healthz"),("GET","/v1/cases"),("POST","/v1/events",event("p2","payment.received","order/taobao/T2",amount="209.00"),"demo-payment")]:
            t=time.monotonic(); a=await shop.call(*what); print(what[:2],a.status_code,dict(a.headers).get("retry-after"),a.text[:300],round(time.monotonic()-t,2))
        await real_stack.start(Part.TEMPORAL)
        t=time.monotonic()
        await shop.until("order:demo:taobao:T2", lambda c: c["stage"]=="awaiting_shipment"); print("shown", time.monotonic()-t)
        print(await real_stack.command("reconcile"))
        for p in (Part.API,Part.WORKER,Part.TEMPORAL): print("=====",p); print(real_stack.log_of(p).read_text()[-6000:])
