"""What may happen to an order: facts in any order, steps of anybody, answers to tasks."""

import time
from datetime import timedelta
from typing import Any

from tests.drive.values import Values
from tests.drive.world import Order, Shown, World

SHOWN_WITHIN = 30.0
"""Seconds in which the read model shows what a case has heard, however loaded the machine."""
_SCANS = ("picked_up", "scanned", "out_for_delivery", "signed", "signed", "refused", "returned")
_EXCEPTIONS = (
    "out_of_range", "phone_unreachable", "accident", "weather", "congestion", "lost", "damaged", "wrong_sign",
)  # fmt: skip
_ROLES = ("owner", "agent", "supervisor", "warehouse", "finance", "buyer", "platform", "erp", "carrier")
_SOURCES = ("inquiry", "silent", "inquiry", "silent", "remittance", "cash_on_delivery")


def open_order(world: World, number: int) -> Order:
    """Opens an order of one to three lines, some of them with several units, amounts that do not divide evenly."""
    random = world.random
    lines = [
        {
            "line_id": str(n),
            "sku": f"DRESS-{n}",
            "title": "连衣裙",
            "category": random.choice(("apparel", "apparel", "food", "virtual")),
            "quantity": random.choice((1, 1, 2, 3)),
            "amount": f"{random.choice((0, 1, 3333, 10000, 19900, 5000)) / 100:.2f}",
            "made_to_order": random.random() < 0.05,
        }
        for n in range(1, random.choice((1, 1, 2, 3)) + 1)
    ]
    body = {
        "platform": random.choice(("taobao", "tmall", "douyin", "jd")),
        "order_id": f"{world.prefix}-{number}",
        "source": random.choice(_SOURCES),
        "placed_at": (world.now() - timedelta(minutes=random.choice((0, 0, 30)))).isoformat(),
        "lines": lines,
        "freight": random.choice(("0.00", "10.00", "6.50")),
        "buyer": {"id": f"b-{number}", "name": "陈小姐", "phone": "13800000000", "address": "广州", "region": "广东"},
    }
    status, shown = world.call("POST", "/v1/cases", body, "demo-agent")
    if status != 201:
        world.found.append(f"an order could not be opened: {status} {shown} {body}")
        raise RuntimeError(shown)
    return Order(shown["case_id"], body)


def move(world: World, order: Order) -> None:
    """One random move; most orders are paid once and shipped once or twice."""
    pays = 0.2 if any(event["type"] == "payment.received" for event, _ in order.events) else 6
    consigns = 0.5 if len(order.parcels) > 1 else 3
    weights = (pays, consigns, 5, 1, 0.5, 4, 4)
    chosen = world.random.choices((_pay, _consign, _scan, _report, _double, _act, _answer), weights)[0]
    chosen(world, order)


def _send(world: World, order: Order, type_: str, subject: str, token: str, data: Shown) -> None:
    random = world.random
    back = random.choice((0, 0, 0, 0, 1, 30, 71))
    event = {
        "specversion": "1.0",
        "id": f"{order.body['order_id']}-{len(order.moves)}-{random.randint(0, 10**6)}",
        "source": "drive",
        "type": type_,
        "subject": subject,
        "time": (world.now() - timedelta(hours=back)).isoformat(),
        "data": data,
    }
    order.events.append((event, token))
    _post(world, order, event, token)


def _post(world: World, order: Order, event: Shown, token: str) -> None:
    status, shown = world.call("POST", "/v1/events", event, token)
    said = shown["results"][0] if status == 202 else shown
    order.moves.append(f"{event['time']} {event['type']} {event['subject']} {event['data']}: {said}")
    if status != 202:
        world.found.append(f"an event was answered {status}: {event} {shown}")


def _pay(world: World, order: Order) -> None:
    values = Values(world.random, order, world.now())
    total = sum(float(line["amount"]) for line in order.body["lines"]) + float(order.body["freight"])
    amount = f"{total:.2f}" if world.random.random() < 0.6 else values.amount()
    reversed_ = world.random.random() < 0.1
    type_ = "payment.reversed" if reversed_ else "payment.received"
    data = {"amount": amount, "reason": "chargeback"} if reversed_ else {"amount": amount}
    _send(world, order, type_, order.subject, "demo-payment", data)


def _consign(world: World, order: Order) -> None:
    random, lines = world.random, order.body["lines"]
    number = (random.choice(("zto", "yto")), f"{order.body['order_id']}-{len(order.parcels)}")
    if order.parcels and random.random() < 0.2:
        number = random.choice(order.parcels)
    else:
        order.parcels.append(number)
    data: Shown = {"carrier": number[0], "tracking_no": number[1]}
    some = random.sample(lines, random.randint(1, len(lines)))
    if random.random() < 0.5:
        data["line_ids"] = [line["line_id"] for line in some]
    else:
        data["lines"] = [{"line_id": one["line_id"], "quantity": random.randint(1, one["quantity"])} for one in some]
    _send(world, order, "parcel.consigned", order.subject, "demo-erp", data)


def _a_parcel(world: World, order: Order) -> str | None:
    known = [*order.parcels, *order.returns]
    return "parcel/{}/{}".format(*world.random.choice(known)) if known else None


def _scan(world: World, order: Order) -> None:
    if parcel := _a_parcel(world, order):
        place = {"location": "哈尔滨"} if world.random.random() < 0.5 else {}
        _send(world, order, f"parcel.{world.random.choice(_SCANS)}", parcel, "demo-carrier", place)


def _report(world: World, order: Order) -> None:
    """The rarer facts: an exception, the ERP's, a return that came."""
    random = world.random
    if order.returns and random.random() < 0.5:
        number = random.choice(order.returns)
        data: Shown = random.choice(({}, {"conforming": True}, {"conforming": False}))
        _send(world, order, "return.received", "parcel/{}/{}".format(*number), "demo-warehouse", data)
    elif (parcel := _a_parcel(world, order)) and random.random() < 0.7:
        _send(world, order, "parcel.exception", parcel, "demo-carrier", {"kind": random.choice(_EXCEPTIONS)})
    else:
        _send(world, order, random.choice(("order.erp_read", "order.waybill_printed")), order.subject, "demo-erp", {})


def _double(world: World, order: Order) -> None:
    """An event comes again: it is a duplicate, or was rejected before and is again."""
    if order.events:
        _post(world, order, *world.random.choice(order.events))


def _act(world: World, order: Order) -> None:
    """A step that somebody may take, in the order or one of its children; one in eight is one that they may not.

    Where the case learnt something in between, what was forbidden may be allowed (its version grew by more than the
    step), and what was allowed may be forbidden.
    """
    random = world.random
    family = world.family(order)
    if not family:
        return
    case = random.choice(family)
    token = f"demo-{random.choice(_ROLES)}"
    offered = world.read(f"/v1/cases/{case['case_id']}/actions", token).get("items", [])
    legal = [action for action in offered if action["allowed"]]
    chosen = legal if legal and random.random() < 0.88 else offered
    if not chosen:
        return
    action = random.choice(chosen)
    values = Values(random, order, world.now())
    body = values.for_schema(action["input_schema"]) or {}
    status, shown = world.call("POST", f"/v1/cases/{case['case_id']}/actions/{action['name']}", body, token)
    order.moves.append(f"{token} {action['name']} {body} in {case['case_id']}: {status} {_why(status, shown)}")
    if status == 200 and not action["allowed"] and shown["case"]["version"] <= case["version"] + 1:
        world.found.append(f"{order.moves[-1]}, though it was not allowed: {action['reasons']}")
    for_nothing = action["allowed"] and not action["input_schema"].get("properties")
    if status == 409 and for_nothing and _is_still_offered(world, case["case_id"], action["name"], token):
        world.found.append(f"{order.moves[-1]}, though it is allowed and asks for nothing")
    if status == 200 and action["name"] == "submit_return":
        order.returns.append((body["carrier"], body["tracking_no"]))


def _is_still_offered(world: World, case_id: str, name: str, token: str) -> bool:
    """Whether the case goes on offering what it refused; what it learnt just before shows a moment later."""
    end = time.monotonic() + SHOWN_WITHIN
    while time.monotonic() < end:
        offered = world.read(f"/v1/cases/{case_id}/actions", token).get("items", [])
        if not any(one["allowed"] for one in offered if one["name"] == name):
            return False
        time.sleep(0.05)
    return True


def _answer(world: World, order: Order) -> None:
    """Somebody says what came of a task."""
    random = world.random
    tasks = [task for case in world.family(order) for task in world.tasks(case["case_id"])]
    if not tasks:
        return
    task = random.choice(tasks)
    outcome = random.choice(task["outcomes"]) if task["outcomes"] else None
    if outcome is None:
        return
    details: Shown = next((one for one in task["outcome_details"] if one["outcome"] == outcome), {})
    values = Values(random, order, world.now())
    body = {"outcome": outcome, "data": values.for_schema(details.get("data_schema", {"type": "object"})) or {}}
    token = f"demo-{random.choice(details.get('roles') or _ROLES)}"
    status, shown = world.call("POST", f"/v1/work-items/{task['item_id']}/complete", body, token)
    order.moves.append(f"{token} {task['type']}/{body} of {task['case_id']}: {status} {_why(status, shown)}")


def _why(status: int, shown: Any) -> str:
    if status == 200 or not isinstance(shown, dict):
        return ""
    codes = [reason["code"] for reason in shown.get("reasons") or []]
    return f"{shown.get('code')} {codes or shown.get('detail')}"
