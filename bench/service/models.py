"""What the minimal service is sent and answers."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, Field


class Line(BaseModel):
    line_id: str
    sku: str
    title: str
    category: str
    quantity: int = Field(ge=1)
    amount: Decimal = Field(ge=0)


class Buyer(BaseModel):
    id: str
    name: str
    phone: str
    address: str
    region: str


class NewOrder(BaseModel):
    platform: str
    order_id: str = Field(pattern=r"^[\w.-]{1,64}$")
    source: str
    placed_at: datetime
    policy: str
    lines: list[Line] = Field(min_length=1)
    freight: Decimal
    buyer: Buyer


class Event(BaseModel):
    """A CloudEvent."""

    specversion: str
    id: str
    source: str
    type: str
    subject: str
    time: datetime
    data: dict[str, Any]


class OrderShown(BaseModel):
    order_id: str
    messages: list[str]
