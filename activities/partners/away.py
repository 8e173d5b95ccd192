"""A partner that cannot answer now."""

from datetime import timedelta

from runtime.errors import Away


class PartnerAway(Away):
    """The partner cannot answer now; the same call may be made again.

    Attributes:
        code: `timeout`, `no_connection`, `circuit_open`, `unreadable_answer`, the partner's problem code, or `http_`
            and the status.
        status: of the HTTP answer, if there was one.
        retry_after: how long to leave it alone at least, if it said so.
    """

    def __init__(self, code: str, *, status: int | None = None, retry_after: timedelta | None = None) -> None:
        super().__init__(code)
        self.code, self.status, self.retry_after = code, status, retry_after
