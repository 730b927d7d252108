"""Text on a screen: wrapped, it hangs under where it began, and it keeps columns in order beside other scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
LRM: Final = Segment("\u200e")
"""The left-to-right mark, which has no width. Between two cells of Arabic it keeps a terminal that knows about
directions from taking them for one run of text, and setting the second before the first."""


class Hanging:
    """A text that is wrapped, never cut; its lines but the first stand under what follows `lead`.

    It gives lines of segments at once, which is quicker than a padding around a text. is_cell: other text may stand
    beside it on the same line, a column away. onward: what stands before the lines but the first, in place of blanks.
    """

    def __init__(
        self, text: Text, lead: Text | None = None, *, is_cell: bool = False, onward: Text | None = None
    ) -> None:
        self.text, self.lead, self.is_cell, self.onward = text, lead or Text(), is_cell, onward

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        indent = self.lead.cell_len
        lead = [*self.lead.render(console)] if indent else []
        onward = [*self.onward.render(console)] if self.onward else [Segment(" " * indent)] if indent else []
        room = max(options.max_width - max(indent, self.onward.cell_len if self.onward else 0) - self.is_cell, 1)
        for line in self.text.wrap(console, room, overflow="fold"):
            edge = [LRM] if self.is_cell and RIGHT_TO_LEFT.search(line.plain) else []
            yield from (*lead, *edge, *line.render(console), *edge)
            yield Segment.line()
            lead = onward
