"""Which input is personal or free text, so that it never enters a history (it may name people).

A field annotated with `Private` holds the text only on its way through the API. The API keeps the text in the store
and passes a reference on; workflows see `memo:…`, never the words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypeVar, get_args
from uuid import uuid4

from pydantic import AfterValidator, BaseModel, StringConstraints

from domain.memos import fits


@dataclass(frozen=True, slots=True)
class Private:
    """Marks a field whose value stays in the store.

    Attributes:
        purpose: what the kept text is (`memo`, `close_reason`, …), stored beside it.
        on_parcel: the text is about the parcel that the model's own `tracking_no` names, if it names one.
    """

    purpose: str
    on_parcel: bool = False


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Marks a field of a task's data that takes one of a list, or words of one's own, which go with the task's note.

    Attributes:
        listed: the words that name nobody.
    """

    listed: frozenset[str]


class KeptText(NamedTuple):
    """A private value on its way into the store, and the reference that stands for it everywhere else."""

    memo_id: str
    purpose: str
    text: Any
    flag: int
    tracking_no: str | None = None


_STORABLE = r"^[^\x00]*$"

MemoText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000, pattern=_STORABLE),
    AfterValidator(fits),
    Private("memo", on_parcel=True),
]
NoteText = Annotated[str, StringConstraints(max_length=1000, pattern=_STORABLE), Private("note")]

M = TypeVar("M", bound=BaseModel)
K = TypeVar("K")


def private_fields(model: type[BaseModel]) -> dict[str, Private]:
    """The private fields of a model, by name."""
    return _marked(model, Private)


def own_words(model: type[BaseModel], data: Mapping[str, object]) -> list[str]:
    """What somebody said in words of their own where a list has words for it."""
    marked = ((data.get(name), mark.listed) for name, mark in _marked(model, OwnWords).items())
    return [words for words, listed in marked if isinstance(words, str) and words and words not in listed]


def _marked(model: type[BaseModel], kind: type[K]) -> dict[str, K]:
    return {
        name: mark
        for name, field in model.model_fields.items()
        for mark in (*field.metadata, *_nested(field.annotation))
        if isinstance(mark, kind)
    }


def _nested(annotation: Any) -> Iterator[Any]:
    """What is said about the parts of a type: an optional text keeps its marks inside the union."""
    for part in get_args(annotation):
        yield part
        yield from _nested(part)


def set_apart(model: M) -> tuple[M, list[KeptText]]:
    """The same input with every private value replaced by a reference, and the values to keep.

    A model's own `flag` (a memo's colour) goes with its texts, its `tracking_no` with those that are about a parcel.
    What is said within it (an outcome's data) has its texts set apart too.
    """
    within = {name: set_apart(value) for name, value in model if isinstance(value, BaseModel)}
    texts = {
        name: KeptText(
            memo_id=f"memo:{uuid4().hex}",
            purpose=mark.purpose,
            text=value,
            flag=getattr(model, "flag", 0),
            tracking_no=getattr(model, "tracking_no", None) if mark.on_parcel else None,
        )
        for name, mark in private_fields(type(model)).items()
        if (value := getattr(model, name)) not in (None, "")
    }
    put = {name: part for name, (part, _) in within.items()} | {name: kept.memo_id for name, kept in texts.items()}
    kept_within = [kept for _, parts in within.values() for kept in parts]
    return model.model_copy(update=put), [*texts.values(), *kept_within]
