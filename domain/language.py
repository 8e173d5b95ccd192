"""In which language words are shown, one at a time."""

from enum import StrEnum
from typing import Protocol


class Language(StrEnum):
    """In which language words are shown."""

    ZH = "zh"
    EN = "en"


class Bilingual(Protocol):
    """Words in both languages."""

    @property
    def zh(self) -> str:
        """In Chinese."""

    @property
    def en(self) -> str:
        """In English."""


def said_in(language: Language, words: Bilingual) -> str:
    """The words in that language."""
    return words.en if language is Language.EN else words.zh
