"""What services refuse, as problem details: one place gives each its status."""

import json
import re
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from api.problems import MEDIA_TYPE, TooDeep, TooLarge, Unauthorized, problem
from domain.errors import Refusal
from domain.language import Language
from domain.money import ZERO, Yuan
from domain.times import Instant
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
    invalid_fields,
    wrong_fields,
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


CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_error_is_in_one_language(kind: type[ServiceError]) -> None:
    """Title and sentence in Chinese, where that is asked for."""
    body = json.loads(bytes(problem(kind("So it is."), Language.ZH).body))
    assert [bool(CHINESE.search(body[name])) for name in ("title", "detail")] == [True, True]


class Sent(BaseModel):
    """Fields whose words are our own."""

    freight: Yuan = ZERO
    placed_at: Instant | None = None


@pytest.mark.parametrize(
    ("sent", "zh"),
    [
        ({"freight": 1}, '“运费”：须为文本形式的金额（元），例如 "199.00"。'),
        ({"placed_at": "today"}, "“placed_at”：须为带时区的时间，例如 2026-11-11T00:00:30+08:00。"),
        ({"placed_at": "1999-11-11T00:00:00Z"}, "“placed_at”：年份须在 2000 到 2199 之间（UTC）。"),
    ],
)
def test_words_of_our_own_are_in_both_languages(sent: dict[str, Any], zh: str) -> None:
    """The field first, then the reason; title and all in one language."""
    with pytest.raises(ValidationError) as found:
        Sent.model_validate(sent)
    invalid = invalid_fields(found.value.errors())
    chinese, english = (json.loads(bytes(problem(invalid, language).body)) for language in (Language.ZH, Language.EN))
    assert (chinese["title"], chinese["detail"], chinese["reasons"][0]["message"]) == ("输入有误", zh, zh)
    assert (english["title"], bool(CHINESE.search(english["detail"]))) == ("The input is not valid", False)


def test_what_is_wrong_with_the_whole_is_said_of_it() -> None:
    """No field is named where none is at fault."""
    body = json.loads(bytes(problem(wrong_fields([([], "give lines or line_ids", "请填写")]), Language.ZH).body))
    assert body["detail"] == "“内容”：请填写。"
