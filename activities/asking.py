"""The HTTP of a call to a platform, and what an answer that is none means for the next one."""

from collections.abc import Callable
from typing import Any

import httpx

from connectors.calling import Call, NotAnswered, Refused

NOTHING_THERE = frozenset({400, 404, 409, 410, 422})
"""What says of a call that it is well known, and of what it asks for that it is not."""
PASSES = frozenset({408, 421, 425})
LIMITED = 429


class Unanswered(Exception):
    """A call was not answered; the others may be. `why`: what follows from that."""

    def __init__(self, why: NotAnswered) -> None:
        super().__init__(why.why)
        self.why = why


async def post(
    http: httpx.AsyncClient, address: str, call: Call, not_answered: Callable[[str], NotAnswered | None]
) -> str:
    """The body of the answer to a call.

    Raises:
        Unanswered: the platform does not answer this call.
        httpx.TransportError: it is not there.
    """
    answer = await http.post(f"{address}{call.path}", params=dict(call.query), **_posted(call))
    why = _failed(answer.status_code, not_answered(answer.text)) if answer.is_error else not_answered(answer.text)
    if why:
        raise Unanswered(why)
    return answer.text


def _failed(status: int, said: NotAnswered | None) -> NotAnswered:
    """What a status means, where the body does not say more."""
    if said and (said.limited or said.refused):
        return said
    why = f"HTTP {status}"
    if status == LIMITED:
        return NotAnswered(why, limited=True)
    if status >= 500 or status in PASSES:
        return NotAnswered(why)
    return NotAnswered(why, refused=Refused.THING if status in NOTHING_THERE else Refused.CALL)


def _posted(call: Call) -> dict[str, Any]:
    """What httpx is given to post."""
    if call.form:
        return {"data": dict(call.form)}
    return {"content": call.body.encode(), "headers": {"content-type": "application/json"}}
