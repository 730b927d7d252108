"""What a command is: a name, examples, options, and what it runs. Parser, help and completion read this."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

Completes = Literal["", "file", "folder", "claim", "finding", "speaker", "topic", "party", "source"]


class Option(NamedTuple):
    """One option or argument. `completes` is what a shell offers for its value, besides `choices`."""

    flags: tuple[str, ...]
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    completes: Completes = ""
    is_listed: bool = False
    """Whether it may be given several times, and several values at once, with commas between them."""
    more: Mapping[str, Any] = MappingProxyType({})
    """What argparse is told besides."""

    @property
    def takes_value(self) -> bool:
        """Whether a value follows."""
        return self.more.get("action") not in ("store_true", "version")

    @property
    def is_positional(self) -> bool:
        """Whether it stands by its place and not by a name."""
        return not self.flags[0].startswith("-")

    def add_to(self, parser: argparse.ArgumentParser) -> None:
        """Make the parser know it."""
        told: dict[str, Any] = {"help": self.help, **self.more}
        if self.metavar is not None and self.takes_value:
            told["metavar"] = self.metavar
        if self.is_listed:
            told |= {"action": "append", "default": []}
        elif self.choices:
            told["choices"] = self.choices
        parser.add_argument(*self.flags, **told)


class Command(NamedTuple):
    """One command. `run` takes the parsed arguments and gives the number of the exit."""

    name: str
    about: str
    examples: tuple[tuple[str, str], ...]
    """Command lines, each with what it does."""
    options: tuple[Option, ...]
    run: Callable[[argparse.Namespace], int]


def words(values: list[str]) -> tuple[str, ...]:
    """The values of a listed option, in the order given and each once: `--topic a,b --topic c` is a, b, c."""
    found = (word.strip() for value in values for word in value.split(","))
    return tuple(dict.fromkeys(word for word in found if word))
