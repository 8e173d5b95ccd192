"""What the OpenAPI document says beside the models: the errors of every route, and bodies read by hand."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.problems import MEDIA_TYPE, ProblemDetails
from api.snapshots import Snapshot
from domain.case.declare import AnyAction, AnyFact, SubjectKind
from domain.events import CloudEvent
from domain.lives import LIVES

REFERENCE = "#/components/schemas/{model}"
"""Where the document has a model."""

SLOWED = 429
"""What openings and signing in alone may answer."""

_EXAMPLES: dict[int, tuple[str, str, str]] = {
    400: ("too_deep", "The body is nested too deeply", "A body may have 64 levels of lists and objects at most."),
    401: ("unauthorized", "A valid token is needed", "Send Authorization: Bearer TOKEN."),
    403: (
        "forbidden",
        "Not allowed for this token",
        "“Confirm receipt” is for the buyer.",
    ),
    404: ("not_found", "Not found", "There is no case order:demo:taobao:T9."),
    409: (
        "action_refused",
        "The case does not allow this now",
        "Receipt of this order is already confirmed.",
    ),
    413: ("too_large", "The body is too large", "A body may have 2,097,152 bytes at most."),
    422: ("invalid", "The input is not valid", "lines.0.amount: Input should be a valid decimal"),
    SLOWED: (
        "openings_slowed",
        "Too much at once; Retry-After says when to send it again",
        "More orders are being opened than are taken up, and running cases come first. Nothing of this order was kept; "
        "send it again in 1 s.",
    ),
    503: (
        "unavailable",
        "Temporarily unavailable",
        "Temporal does not answer. Nothing was lost; please try again.",
    ),
}


def _problem(status: int) -> tuple[str, dict[str, Any]]:
    """What the document calls it, from its code, and how it looks."""
    code, title, detail = _EXAMPLES[status]
    example = {"status": status, "title": title, "detail": detail, "code": code}
    return code.title().replace("_", ""), {
        "description": title,
        "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(model="ProblemDetails")}, "example": example}},
    }


SHARED_PROBLEMS: dict[int, tuple[str, dict[str, Any]]] = {status: _problem(status) for status in _EXAMPLES}
"""Each error by its status: its name among the document's components, and what it is."""

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": title} for status, (_, title, _) in _EXAMPLES.items() if status != SLOWED
}
"""The errors any route may answer."""

WITHOUT_TOKEN: dict[str, Any] = {"security": []}
"""What needs no token."""

TOKEN_OR_SIGNATURE: dict[str, Any] = {"security": [{"HTTPBearer": []}, {}]}
"""Of what its sender may sign instead of sending a token."""

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "It still is as the caller has it"}}

OPENED_BEFORE: dict[int | str, dict[str, Any]] = {
    200: {"model": Snapshot, "description": "This order is open already, with the same content"}
}
MAY_BE_SLOWED: dict[int | str, dict[str, Any]] = {SLOWED: {"description": _EXAMPLES[SLOWED][1]}}


_BY_HAND: list[type[BaseModel]] = [
    *dict.fromkeys(action.input for life in LIVES.values() for action in life.actions),
    CloudEvent,
    ProblemDetails,
]
_REFERENCES, _DEFINED = models_json_schema([(model, "validation") for model in _BY_HAND], ref_template=REFERENCE)

SCHEMAS: dict[str, Any] = _DEFINED["$defs"]
"""What no route's signature names: bodies that are read by hand, and problems."""


def action_body(actions: Sequence[AnyAction[Any]]) -> dict[str, Any]:
    """The body of an action, read by hand because the checks come in the contract's order.

    Where several kinds of case have an action of that name, each kind's own input with its example.
    """
    inputs = {action.input: action for action in reversed(actions)}
    schemas = [_REFERENCES[model, "validation"] for model in reversed(inputs)]
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
    examples = {action.title: {"value": action.example} for action in reversed(inputs.values())}
    body = {"content": {"application/json": {"schema": schema, "examples": examples}}}
    return {"requestBody": body | {"required": all(_required(model) for model in inputs)}}


def _required(model: type[BaseModel]) -> bool:
    return any(field.is_required() for field in model.model_fields.values())


def event_table(facts: Iterable[AnyFact[Any]]) -> str:
    """Every event that others may send, as a table in Markdown: what it is about, what it says, who sends it."""
    rows = [
        f"| `{fact.event_type}` | {fact.subject} | {_event_data(fact)} | {', '.join(fact.senders)} |"
        for fact in sorted(facts, key=lambda fact: fact.event_type)
        if fact.senders
    ]
    return "\n".join(["| type | subject | data | sent by |", "|---|---|---|---|", *rows])


def _event_data(fact: AnyFact[Any]) -> str:
    """The fields of its data, those that have to be there without a question mark; a parcel's are its subject's."""
    fields = fact.data.model_json_schema()
    named = {"carrier", "tracking_no"} if fact.subject is SubjectKind.PARCEL else set()
    shown = []
    for name, field in fields.get("properties", {}).items():
        words = fields.get("$defs", {}).get(field.get("$ref", "").rpartition("/")[2], {}).get("enum", [])
        optional = "" if name in fields.get("required", []) else "?"
        shown += [f"`{name}`{optional}" + (f" ({', '.join(map(str, words))})" if words else "")] * (name not in named)
    return ", ".join(shown)


_EVENT: dict[str, Any] = {"$ref": REFERENCE.format(model="CloudEvent")}
_EVENTS: dict[str, Any] = {"type": "array", "minItems": 1, "maxItems": 1000, "items": _EVENT}
_REPORTED = {
    "specversion": "1.0",
    "id": "pay-1",
    "source": "alipay",
    "type": "payment.received",
    "subject": "order/taobao/T1001",
    "time": "2026-11-11T00:01:00+08:00",
    "data": {"amount": "209.00"},
}

EVENT_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"oneOf": [_EVENT, _EVENTS]}, "example": _REPORTED},
            "application/cloudevents+json": {"schema": _EVENT, "example": _REPORTED},
            "application/cloudevents-batch+json": {"schema": _EVENTS, "example": [_REPORTED]},
        },
    }
}
"""One CloudEvent, or an array of up to 1,000."""
