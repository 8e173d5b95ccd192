"""Which input names people, and what becomes of it."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel

from domain.privacy import OwnWords, Private, own_words, set_apart


class Why(StrEnum):
    """Words that name nobody."""

    LATE = "late"
    OTHER = "other"


class Said(BaseModel):
    """A reason of the list, or one's own; and a note."""

    why: Annotated[str | None, OwnWords(frozenset(Why))] = None
    note: Annotated[str, Private("note")] = ""


def test_words_of_ones_own_are_found_where_a_list_has_words() -> None:
    """Those of the list stay, and what was left out, or is no text, is nothing to set apart."""
    assert own_words(Said, {"why": "陈小姐在等先生"}) == ["陈小姐在等先生"]
    for said in ({"why": "late"}, {"why": ""}, {"why": 7}, {"why": None}, {}, {"other": "陈小姐"}):
        assert own_words(Said, said) == []


def test_private_texts_leave_a_reference() -> None:
    """The words go to the store, under the purpose that the model declares."""
    given, texts = set_apart(Said(why="late", note="U盾过期"))
    (kept,) = texts
    assert (given.note, kept.purpose, kept.text) == (kept.memo_id, "note", "U盾过期")
    assert set_apart(Said(why="late"))[1] == []
