from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from claims.pages.sheet import Sheet, address_of, csv_text, downloads, json_text
from claims.present.escape import for_csv, from_csv
from claims.present.table_schema import table_schema
from tests.hostile import HOSTILE

TEXTS = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


def body(address: str) -> str:
    return unquote(address.partition(",")[2])


def whole(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@TEXTS
def test_an_address_gives_back_the_bytes_of_its_file(text: str) -> None:
    assert body(address_of(text, "text/csv")) == whole(text)


@TEXTS
def test_an_address_has_nothing_that_a_browser_drops_or_ends_it_at(text: str) -> None:
    address = address_of(text, "text/csv")
    assert not re.search("[\x00-\x1f\x7f#\"'<>&]|^ | $", address)
    assert address.startswith("data:text/csv;charset=utf-8,")


@TEXTS
def test_the_csv_of_a_page_is_safe_in_a_spreadsheet_and_can_be_read_back(text: str) -> None:
    first, *_ = downloads(Sheet("s", ("id", "text"), (("a", text),)))
    rows = list(csv.reader(io.StringIO(body(first.address), newline="")))
    assert rows == [["id", "text"], ["a", whole(for_csv(text))]]
    assert from_csv(for_csv(text)) == from_csv(rows[1][1]) or "\ud800" in text


@TEXTS
def test_the_json_of_a_page_has_the_same_values(text: str) -> None:
    _, second = downloads(Sheet("s", ("id", "text"), (("a", text),)))
    data = json.loads(body(second.address))
    Draft202012Validator(table_schema()).validate(data)
    assert data["columns"] == ["id", "text"]
    assert data["rows"] == [["a", text.replace("\ud800", "\\ud800")]]


def test_nothing_and_nought_are_two_things() -> None:
    sheet = Sheet("s", ("id", "n"), (("a", None), ("b", 0), ("c", -1.5)))
    assert csv_text(sheet) == "id,n\r\na,\r\nb,0\r\nc,-1.5\r\n"
    assert json.loads(json_text(sheet))["rows"] == [["a", None], ["b", 0], ["c", -1.5]]


def test_what_is_no_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_text(Sheet("s", ("id",), ((float("nan"),),)))


def test_files_are_called_after_the_sheet() -> None:
    assert [one.name for one in downloads(Sheet("case-claims", ("id",), ()))] == ["case-claims.csv", "case-claims.json"]
