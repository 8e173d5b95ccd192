"""Values that do not hold, in words that whoever sent them can read."""


class InvalidValue(ValueError):
    """Why a value does not hold: in English as any error, and in Chinese.

    Attributes:
        zh: the same in Chinese.
    """

    def __init__(self, why: str, zh: str) -> None:
        super().__init__(why)
        self.zh = zh
