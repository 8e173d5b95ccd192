"""What the domain refuses, as Temporal carries it to the caller."""

from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError
from temporalio.exceptions import ApplicationError

from domain.errors import ActionRefused, Forbidden

REFUSED = "action_refused"
FORBIDDEN = "forbidden"
INVALID = "invalid"
HISTORY_STANDS = "history_stands"


@contextmanager
def refusals_to_caller() -> Iterator[None]:
    """Turns domain errors into failures that end the call; any other exception would leave the caller hanging."""
    try:
        yield
    except ActionRefused as refused:
        reasons = [reason.model_dump() for reason in refused.reasons]
        raise ApplicationError(str(refused), reasons, type=REFUSED, non_retryable=True) from refused
    except Forbidden as forbidden:
        raise ApplicationError(str(forbidden), type=FORBIDDEN, non_retryable=True) from forbidden
    except (KeyError, ValidationError) as invalid:
        raise ApplicationError(type(invalid).__name__, type=INVALID, non_retryable=True) from invalid
