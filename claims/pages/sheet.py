"""What a page shows, as rows to take away: CSV and JSON that lie inside the page, one click away.

They are `data:` addresses of links that save a file: nothing is fetched, and they work from a folder, in a mail and
without JavaScript. A page that can be filtered writes the rows that are left, from the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import Final, NamedTuple

from claims.present.escape import for_csv, for_json
from claims.present.table_schema import VERSION

Cell = str | int | float | None

UNSAFE: Final = re.compile("[\x00-\x1f\"#%&'<>\x7f]|^ | $")
"""What an address drops or ends at, or an attribute would have to spell out: written as %XX. All else stays."""


class Sheet(NamedTuple):
    """Rows of a page. The first column is the id that its rows carry on the page as `data-id`."""

    name: str
    """How the files are called, without the ending."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def csv_text(sheet: Sheet) -> str:
    """The rows as CSV for people: what a spreadsheet would take for a formula has an apostrophe in front."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    for row in sheet.rows:
        writer.writerow(["" if cell is None else for_csv(str(cell)) for cell in row])
    return out.getvalue()


def json_text(sheet: Sheet) -> str:
    """The rows as JSON, as arrays in the order of the columns."""
    data = {"schema": VERSION, "columns": sheet.columns, "rows": sheet.rows}
    return for_json(json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def address_of(text: str, kind: str) -> str:
    r"""The text as a `data:` address of that media type.

    >>> address_of('a,"b"\r\n', "text/csv")
    'data:text/csv;charset=utf-8,a,%22b%22%0D%0A'
    """
    kept = text.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"data:{kind};charset=utf-8,{UNSAFE.sub(_coded, kept)}"


def _coded(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


class Download(NamedTuple):
    """A file that a link of the page saves."""

    name: str
    label: str
    address: str


def downloads(sheet: Sheet) -> tuple[Download, ...]:
    """The sheet in every format that it can be had in."""
    return (
        Download(f"{sheet.name}.csv", "CSV", address_of(csv_text(sheet), "text/csv")),
        Download(f"{sheet.name}.json", "JSON", address_of(json_text(sheet), "application/json")),
    )
