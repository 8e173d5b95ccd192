"""What services refuse, as problem details: one place gives each its status."""

import json

import pytest

from api.problems import MEDIA_TYPE, TooDeep, TooLarge, Unauthorized, problem
from domain.errors import Refusal
from services.errors import (
    Invalid,
    KeyConflict,
    NoFees,
    NotAllowed,
    NotFound,
    OrderConflict,
    Refused,
    ServiceError,
    Slowed,
    SourceThere,
    StockReserved,
    TooManyAttempts,
    Unavailable,
    WrongPassword,
)

ANSWERS = {
    TooDeep: (400, "too_deep"),
    Unauthorized: (401, "unauthorized"),
    WrongPassword: (401, "wrong_password"),
    NotAllowed: (403, "forbidden"),
    NotFound: (404, "not_found"),
    Refused: (409, "action_refused"),
    KeyConflict: (409, "idempotency_conflict"),
    OrderConflict: (409, "order_conflict"),
    StockReserved: (409, "below_reserved"),
    SourceThere: (409, "source_exists"),
    NoFees: (409, "nothing_to_invoice"),
    TooLarge: (413, "too_large"),
    Invalid: (422, "invalid"),
    TooManyAttempts: (429, "too_many_attempts"),
    Slowed: (429, "openings_slowed"),
    ServiceError: (500, "internal_error"),
    Unavailable: (503, "unavailable"),
}


def _kinds(root: type[ServiceError]) -> set[type[ServiceError]]:
    return {root}.union(*map(_kinds, root.__subclasses__()))


def test_every_error_of_services_has_an_answer() -> None:
    """A new one is given its status here before anybody is answered 500 by it."""
    ours = {kind for kind in _kinds(ServiceError) if kind.__module__.startswith(("api.", "services."))}
    assert ours == set(ANSWERS)


@pytest.mark.parametrize(("kind", "answer"), ANSWERS.items())
def test_the_answer_is_problem_details(kind: type[ServiceError], answer: tuple[int, str]) -> None:
    """Status, code and title of the kind, the sentence of this very one; reasons only where there are any."""
    said = problem(kind("So it is."))
    body = json.loads(bytes(said.body))
    assert said.media_type == MEDIA_TYPE
    assert (said.status_code, body.pop("code")) == answer
    assert body == {"status": answer[0], "title": kind.title, "detail": "So it is."}
    assert said.headers.get("retry-after") == (str(kind.retry_after) if answer[0] in (429, 503) else None)


def test_every_reason_is_told() -> None:
    """A refusal names all that speaks against the step; a code of its own goes before its kind's."""
    reason = Refusal(code="not_shipped", message="Nothing was shipped.")
    body = json.loads(bytes(problem(Refused("No.", code="already_claimed", reasons=[reason])).body))
    assert body["code"] == "already_claimed"
    assert body["reasons"] == [{"code": "not_shipped", "message": "Nothing was shipped."}]
