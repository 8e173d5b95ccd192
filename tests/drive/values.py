"""Values for what an input asks for: mostly such as fit the order, some that do not."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.drive.world import Order, Shown

_ODD: tuple[Any, ...] = ("", "0.00", "-1.00", "1e9", "99999999.99", "\u0000", "x" * 300, None, True, [], {})
"""What no input should choke on."""


class Values:
    """Draws an input for a JSON schema, with the order's own lines, amounts and parcels where names ask for them."""

    def __init__(self, random: Random, order: Order, now: datetime) -> None:
        self.random, self.order, self.now = random, order, now

    def for_schema(self, schema: Shown) -> Any:
        """An input as the schema describes it; one in forty has an odd value in it."""
        drawn = self._draw("", schema, schema.get("$defs", {}))
        if isinstance(drawn, dict) and drawn and self.random.random() < 0.025:
            drawn[self.random.choice(sorted(drawn))] = self.random.choice(_ODD)
        return drawn

    def _draw(self, name: str, schema: Shown, defs: Shown) -> Any:
        if "$ref" in schema:
            return self._draw(name, defs[schema["$ref"].rpartition("/")[2]], defs)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if "allOf" in schema:
            return self._draw(name, schema["allOf"][0], defs)
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            return self._draw(name, self.random.choice(choices), defs)
        return self._of_type(name, schema, defs)

    def _of_type(self, name: str, schema: Shown, defs: Shown) -> Any:
        match schema.get("type"):
            case "object":
                return self._object(schema, defs)
            case "array":
                return self._array(name, schema, defs)
            case "integer" | "number":
                return self._number(name, schema)
            case "boolean":
                return self.random.random() < 0.8
            case "null":
                return None
            case _:
                return self._text(name, schema)

    def _object(self, schema: Shown, defs: Shown) -> Shown:
        required = schema.get("required", ())
        drawn = {
            name: self._draw(name, field, defs)
            for name, field in schema.get("properties", {}).items()
            if name in required or self.random.random() < 0.35
        }
        if drawn.get("lines") and drawn.get("line_ids") and self.random.random() < 0.95:
            del drawn[self.random.choice(("lines", "line_ids"))]
        return drawn

    def _array(self, name: str, schema: Shown, defs: Shown) -> list[Any]:
        lines = self.order.body["lines"]
        if name == "line_ids":
            return self.random.sample([line["line_id"] for line in lines], self.random.randint(1, len(lines)))
        if name == "lines":
            chosen = self.random.sample(lines, self.random.randint(1, len(lines)))
            return [{"line_id": one["line_id"], "quantity": self._units_of(one["quantity"])} for one in chosen]
        if name == "parcels" and self.order.parcels:
            carrier, tracking_no = self.random.choice(self.order.parcels)
            return [{"carrier": carrier, "tracking_no": tracking_no}]
        return [self._draw(name, schema.get("items", {}), defs) for _ in range(max(1, schema.get("minItems", 1)))]

    def _units_of(self, quantity: int) -> int:
        return self.random.randint(1, quantity) if self.random.random() < 0.95 else quantity + 1

    def _number(self, name: str, schema: Shown) -> int:
        if name == "quantity":
            return self.random.randint(1, 3)
        if name == "days":
            return self.random.choice((3, 5, 7, 10, 4))
        low = int(schema.get("minimum", 1))
        return self.random.randint(low, min(int(schema.get("maximum", low + 5)), low + 5))

    def _text(self, name: str, schema: Shown) -> str:
        lines = self.order.body["lines"]
        if schema.get("format") == "date-time":
            return (self.now + timedelta(hours=self.random.choice((-30, 1, 20, 50, 100)))).isoformat()
        if schema.get("format") == "date":
            return (self.now + timedelta(days=self.random.randint(-1, 5))).date().isoformat()
        if name in ("amount", "price", "freight_paid") or "fee" in name:
            return self.amount()
        known: dict[str, str] = {
            "line_id": self.random.choice(lines)["line_id"],
            "sku": f"{self.random.choice(lines)['sku']}-B",
            "wanted_sku": f"{self.random.choice(lines)['sku']}-B",
            "carrier": self.random.choice(("zto", "yto", "sf")),
            "tracking_no": f"{self.order.body['order_id']}-{self.random.randint(10, 99)}",
            "phone": "13800000001",
            "region": "广东",
        }
        return known.get(name, "不要了")

    def amount(self) -> str:
        """Yuan: a line's amount, a part of one, the whole order's, a fen, or too much."""
        of_lines = [Decimal(line["amount"]) for line in self.order.body["lines"]]
        total = sum(of_lines, Decimal(self.order.body["freight"]))
        part = self.random.choice(of_lines) * self.random.randint(1, 100) / 100
        drawn = self.random.choice((self.random.choice(of_lines), part, part, total, Decimal("0.01"), total + 1))
        return f"{drawn:.2f}"
