"""The commands there are, in the order of the help. A command is imported when it is needed, and no other with it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from claims.cli.command import Command

SUMMARIES: Final = {
    "report": "which claims hold up, which are disputed, and why",
    "audit": "everything about one claim, from the verdict down to file and line",
    "plot": "a picture of one claim: who has it from whom, or how it developed",
    "diff": "which verdicts changed, between days, cases or revisions, and why",
    "check": "what is wrong in a case, line by line",
    "add": "bring sources, reports and claims into a case",
    "remove": "take an entry out of a case",
    "rename": "change an id wherever it stands",
    "retract": "mark a document as withdrawn",
    "undo": "take back the last change that a command made",
    "site": "the case as a folder of pages to look at, send and print",
    "export": "the case with its entries as tables: CSV, JSON Lines or Parquet",
    "init": "begin a case: a small, commented example to change",
    "sources": "each source: ties, grade, and record in counts",
    "speakers": "each speaker: ties, grade, and what became of what was said",
    "reliability": "how reliable each source is, as learned from the case, beside its grade",
    "stale": "what needs a second look, and which fact would settle most",
    "watch": "the report anew whenever a file of the case is saved",
    "serve": "the pages of a case in the browser, live while you edit it",
    "fuse": "which of many answers hold, and how reliable their sources are",
    "policy": "the thresholds and tables behind every verdict",
    "schema": "JSON Schemas, for editors and scripts",
    "completion": "completion for bash, zsh or fish",
}
"""Each command, with a sentence on what it is for; its module is called as it is."""


def command_named(name: str) -> Command:
    """The command of this name, which is one of `SUMMARIES`."""
    command: Command = import_module(f"claims.cli.{name}").COMMAND
    return command


def all_commands() -> tuple[Command, ...]:
    """Every command."""
    return tuple(map(command_named, SUMMARIES))
