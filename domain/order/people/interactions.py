"""What was said and agreed about an order: calls, promises, prices, ratings."""

from enum import StrEnum

from pydantic import BaseModel

from domain.money import Yuan
from domain.times import Instant


class UnpaidReason(StrEnum):
    """Why a buyer has not paid yet, as they said on the phone (S2-42)."""

    CONSIDERING = "considering"
    TOO_EXPENSIVE = "too_expensive"
    BALANCE_SHORT = "balance_short"
    PAYMENT_TOOL = "payment_tool"
    PAYMENT_PROBLEM = "payment_problem"
    NOT_WANTED = "not_wanted"
    OTHER = "other"


class Call(BaseModel):
    """A call about payment, and what came of it; `promised_pay_at` is when the buyer said they would pay."""

    at: Instant
    outcome: str
    promised_pay_at: Instant | None = None


class Promise(BaseModel):
    """A ship time that an agent wants to promise: the warehouse says whether it can be kept (S2-54, S2-89)."""

    id: str
    ship_by: Instant
    feasible_since: Instant | None = None


class Quote(BaseModel):
    """A price that was agreed on for a line, yuan; good until `valid_until`, and once (S2-90)."""

    id: str
    line_id: str
    amount: Yuan
    valid_until: Instant
    taken_at: Instant | None = None


class Grade(StrEnum):
    """What a buyer says of a trade in all (S2-72)."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class Rating(BaseModel):
    """A rating: the grade, the shop's three scores from 1 to 5 (S2-68), and how many characters they wrote."""

    at: Instant
    grade: Grade
    description: int | None = None
    service: int | None = None
    logistics: int | None = None
    words: int = 0
