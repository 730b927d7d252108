"""Tables on disk: CSV (also tab-separated, also gzipped) and Parquet, as frames of text."""

from __future__ import annotations

import csv
import gzip
import io
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from claims.answers.faults import Fault, Origin, raise_faults
from claims.model.errors import BadRequest
from claims.read.characters import shown, undecodable
from claims.read.contents import kind_of
from claims.read.csv import separated
from claims.read.drafts import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PARQUET: Final = (".parquet", ".pq")
ENDINGS: Final = "tables end in .csv, .tsv, .csv.gz, .tsv.gz or .parquet"
NO_PYARROW: Final = "Parquet needs pyarrow: pip install 'claims[tables]'"


def read_table(path: Path, columns: tuple[str, ...]) -> tuple[pd.DataFrame, Origin]:
    """Those of the columns that the file has, and where its rows stand.

    Raises `BadRequest` where the file cannot be read, `TableProblems` where a row cannot.
    """
    origin = origin_of(path)
    if not path.is_file():
        is_there = path.exists() and not path.is_dir()
        what = f"{origin.name} is {kind_of(path.stat().st_mode)}, not a file" if is_there else ""
        raise BadRequest(what or f"there is no file {origin.name}")
    try:
        return (_parquet(path, columns) if is_parquet(path) else _csv(path, columns, origin)), origin
    except OSError as error:
        raise BadRequest(f"{origin.name} cannot be read: {(error.strerror or str(error)).lower()}") from error


def origin_of(path: Path) -> Origin:
    """The name of the file, and in which line a row stands; of Parquet, which row it is."""
    if is_parquet(path):
        return Origin(shown(str(path)), lambda rows: [row + 1 for row in rows])
    return Origin(shown(str(path)), lambda rows: _lines(path, rows))


def is_parquet(path: Path) -> bool:
    """Whether a file is one of Parquet, by its name."""
    return path.suffix.lower() in PARQUET


def write_table(frame: pd.DataFrame, path: Path) -> bytes:
    """The frame in the format that the name of the file asks for. Raises `BadRequest`."""
    if is_parquet(path):
        try:
            return bytes(frame.to_parquet(None, index=False) or b"")
        except ImportError as error:
            raise BadRequest(NO_PYARROW) from error
    data = as_csv(frame, separator(path)).encode("utf-8", errors="surrogatepass")
    return gzip.compress(data, mtime=0) if path.suffix.lower() == ".gz" else data


def as_csv(frame: pd.DataFrame, comma: str = ",") -> str:
    """The frame as CSV."""
    text: str = frame.to_csv(None, sep=comma, index=False, lineterminator="\n")
    return text


def separator(path: Path) -> str:
    """What stands between fields, by the name of the file. Raises `BadRequest`."""
    endings = [ending.lower() for ending in path.suffixes[-2:]]
    if endings[-1:] == [".gz"]:
        endings.pop()
    if endings[-1:] == [".tsv"]:
        return "\t"
    if endings[-1:] != [".csv"]:
        raise BadRequest(f"{shown(str(path))} is not the name of a table: {ENDINGS}")
    return ","


def _parquet(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415 - only who has such tables needs it
    except ImportError as error:
        raise BadRequest(NO_PYARROW) from error
    try:
        have = parquet.read_schema(path).names
        _once(have, columns, path)
        return pd.read_parquet(path, columns=[name for name in columns if name in have])
    except (ArrowException, ValueError) as error:
        raise BadRequest(f"{shown(str(path))} is not a Parquet file") from error


def _once(have: Sequence[str], columns: tuple[str, ...], path: Path) -> None:
    """Raise `BadRequest` where a column that is read stands twice."""
    twice = next((name for name in columns if have.count(name) > 1), None)
    if twice is not None:
        raise BadRequest(f"{shown(str(path))} has two columns called {twice}: keep one of the two")


def _csv(path: Path, columns: tuple[str, ...], origin: Origin) -> pd.DataFrame:
    comma = separator(path)
    try:
        have = _header(path, comma)
        other = separated(have, origin.name, Mark(1, 1)) if comma == "," else None
        if other is not None:
            raise BadRequest(f"in {origin.name} {other.message}: {other.hint}")
        _once(have, columns, path)
        frame = pd.read_csv(
            path, sep=comma, header=0, names=range(len(have)), dtype=str, encoding="utf-8-sig",
            keep_default_na=False, na_filter=False,
        )  # fmt: skip
        is_even = isinstance(
            frame.index, pd.RangeIndex
        )  # else a first row that is too long was taken to begin with one
    except pd.errors.EmptyDataError:
        return pd.DataFrame()
    except pd.errors.ParserError:
        is_even = False
    except UnicodeDecodeError as error:
        raise BadRequest(f"{origin.name} cannot be read as a table: {_misplaced(path, error)}") from error
    except (EOFError, csv.Error) as error:
        raise BadRequest(f"{origin.name} cannot be read as a table: {shown(str(error))}") from error
    if not is_even:
        raise_faults([_odd_rows(path, comma)], Origin(origin.name, list))
        raise BadRequest(f"{origin.name} cannot be read as a table: a quotation mark may lack its end")
    wanted = [name for name in columns if name in have]
    return frame[[have.index(name) for name in wanted]].set_axis(wanted, axis="columns")


def _opened(path: Path) -> io.TextIOWrapper:
    return io.TextIOWrapper(_bytes(path), encoding="utf-8-sig", newline="")


def _bytes(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """The file, unpacked as it is read; closed by who asks for it."""
    return gzip.open(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def _misplaced(path: Path, error: UnicodeDecodeError) -> str:
    """Where the first byte stands that is no part of a text, by its line."""
    with _bytes(path) as lines:
        found = undecodable(lines, shown(str(path)))
    return f"line {found.spot.mark.line}: {found.message}" if found and found.spot.mark else shown(str(error))


def _header(path: Path, comma: str) -> list[str]:
    with _opened(path) as stream:
        return next(csv.reader(stream, delimiter=comma), [])


def _odd_rows(path: Path, comma: str) -> Fault:
    """Rows with more fields than there are columns, by the line in which they end."""
    lines, fields = [], []
    with _opened(path) as stream:
        reader = csv.reader(stream, delimiter=comma)
        width = len(next(reader, []))
        for row in reader:
            if len(row) > width:
                lines.append(reader.line_num)
                fields.append(len(row))
    hint = "a value that holds the separator stands in double quotes"
    return Fault(
        "odd-row", np.array(lines, dtype=np.int64), lambda n: (f"this row has {fields[n]} fields, not {width}", hint)
    )


def _lines(path: Path, rows: Sequence[int]) -> list[int]:
    """The lines in which rows begin: a value may hold line breaks."""
    wanted, found, before = set(rows), {}, 1
    if not wanted:
        return []
    with _opened(path) as stream:
        reader = csv.reader(stream, delimiter=separator(path))
        next(reader, None)
        before = reader.line_num
        number = 0
        for row in reader:
            if "".join(row).strip():
                if number in wanted:
                    found[number] = before + 1
                number += 1
            before = reader.line_num
            if number > rows[-1]:
                break
    return [found.get(row, row + 2) for row in rows]
