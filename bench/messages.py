"""What one order's life is made of, as both sides get it: the opening, four facts and the confirmation."""

from datetime import UTC, datetime
from typing import Any

from bench.setup import EDITION


def opening(order_id: str) -> dict[str, Any]:
    """The body that opens an order of one line."""
    return {
        "platform": "taobao",
        "order_id": order_id,
        "source": "inquiry",
        "placed_at": _now(),
        "policy": EDITION,
        "lines": [
            {
                "line_id": "1",
                "sku": "DRESS-RED-XS",
                "title": "连衣裙",
                "category": "apparel",
                "quantity": 1,
                "amount": "199.00",
            }
        ],
        "freight": "10.00",
        "buyer": {
            "id": "b-77",
            "name": "陈小姐",
            "phone": "13800000000",
            "address": "广州市天河区体育西路 1 号",
            "region": "广东",
        },
    }


def paid(order_id: str) -> dict[str, Any]:
    """Paid in full."""
    return _event("payment.received", f"order/taobao/{order_id}", order_id, {"amount": "209.00"})


def consigned(order_id: str) -> dict[str, Any]:
    """The whole order in one parcel, numbered like the order."""
    data = {"carrier": "zto", "tracking_no": order_id, "line_ids": ["1"]}
    return _event("parcel.consigned", f"order/taobao/{order_id}", order_id, data)


def picked_up(order_id: str) -> dict[str, Any]:
    """The carrier has the parcel."""
    return _event("parcel.picked_up", f"parcel/zto/{order_id}", order_id, {"location": "广州"})


def scanned(order_id: str, number: int) -> dict[str, Any]:
    """The parcel was seen somewhere on its way."""
    scan = _event("parcel.scanned", f"parcel/zto/{order_id}", order_id, {"location": f"中转站 {number}"})
    return scan | {"id": f"{order_id}-scan-{number}"}


def signed(order_id: str) -> dict[str, Any]:
    """The buyer has the parcel."""
    return _event("parcel.signed", f"parcel/zto/{order_id}", order_id, {"location": "广州"})


def _event(type_: str, subject: str, order_id: str, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"{order_id}-{type_}",
        "source": "bench",
        "type": type_,
        "subject": subject,
        "time": _now(),
        "data": data,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat()
