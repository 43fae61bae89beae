"""The outcomes of an action that is not a success and not a bug."""

from dataclasses import dataclass


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error
    """Our rules say no, in a sentence for the counter; ``field`` names what to mend."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Unavailable(Exception):  # noqa: N818 - the world's fault, not ours
    """The world says no: server gone, disk full, printer off. Trying again may help."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


Value = str | int | bool | list[str] | dict[str, str] | None
"""A field's value in its plain form, as JSON has it."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that two people changed: what it was, what each made of it, and who the other is."""

    field: str
    base: Value
    mine: Value
    theirs: Value
    by: str
    at: str  # ISO 8601, UTC


class Conflict(Refusal):
    """Two people changed the same fields of the same thing; the later one is asked, field by field."""

    def __init__(self, sentence: str, clashes: tuple[Clash, ...], merged: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.clashes = clashes
        self.merged = merged
