"""The page of a report: what it is made of, what it may do, and how much it weighs."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import re
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from claims.cases import open_case
from claims.flow import assess
from claims.model.assessment import VERDICTS
from claims.pages.frame import Link, page
from claims.pages.report import render, report_page
from claims.selection import Filter, report
from tests.cases import case_of
from tests.pages.markup import Element, read
from tests.pages.reports import shipped_page
from tests.present.reports import plural, plural_report

if TYPE_CHECKING:
    from claims.present.view import Entry

BUDGET = 300_000


@cache
def shipped() -> Element:
    return read(shipped_page())


def small(**chosen: tuple[str, ...]) -> Element:
    case = case_of(plural())
    return read(render(report(assess(case), Filter(**chosen)), case))


def policy_of(found: Element) -> dict[str, str]:
    (meta,) = [one for one in found.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in meta.attributes["content"].split(";"))


def test_the_shipped_report_is_light() -> None:
    assert len(shipped_page().encode()) < BUDGET


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_sets() -> None:
    code = "from tests.pages.reports import shipped_page; import sys; sys.stdout.buffer.write(shipped_page().encode())"
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        )
        assert done.stdout == shipped_page().encode()


def test_a_page_may_draw_itself_and_run_its_own_script_and_nothing_else() -> None:
    def hashed(name: str) -> str:
        digest = hashlib.sha256(shipped().one(name).text.encode()).digest()
        return f"'sha256-{base64.b64encode(digest).decode()}'"

    assert policy_of(shipped()) == {
        "default-src": "'none'",
        "style-src": hashed("style"),
        "script-src": hashed("script"),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_a_page_asks_for_nothing() -> None:
    for element in shipped().all():
        assert "src" not in element.attributes
        assert "style" not in element.attributes
        if element.name == "link":
            assert element.attributes["href"].startswith("data:image/svg+xml,")
    assert "url(" not in shipped().one("style").text
    assert "@import" not in shipped().one("style").text
    assert not re.search(r"fetch|XMLHttpRequest|innerHTML|eval|import\(", shipped().one("script").text)


def test_a_page_can_be_found_one_s_way_on() -> None:
    found = shipped()
    ids = [one.attributes["id"] for one in found.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    inside = {one.attributes["href"][1:] for one in found.all("a") if one.attributes["href"].startswith("#")}
    assert inside <= set(ids)
    assert found.one("html").attributes["lang"] == "en-GB"
    assert len(found.all("main")) == len(found.all("footer")) == len(found.all("h1")) == 1
    assert found.one("body").children[0].attributes["href"] == "#content"
    levels = [int(one.name[1]) for one in found.all() if re.fullmatch("h[1-6]", one.name)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_claim_has_its_anchor_and_its_row_leads_there() -> None:
    case = open_case(cache=False)
    anchors = {f"claim-{claim.id}" for claim in case.claims}
    assert {one.attributes["id"] for one in shipped().all("article")} == anchors
    rows = shipped().one("table", id="claims").one("tbody").all("tr")
    assert {row.one("a").attributes["href"] for row in rows} == {f"#{anchor}" for anchor in anchors}


def test_the_sheets_have_the_rows_of_the_table_in_its_order() -> None:
    rows = shipped().one("table", id="claims").one("tbody").all("tr")
    (link,) = shipped().all("a", data_take="csv")
    told = list(csv.DictReader(io.StringIO(unquote(link.attributes["href"].partition(",")[2]), newline="")))
    assert [line["id"] for line in told] == [row.attributes["data-id"] for row in rows]
    assert [line["verdict"] for line in told] == [row.attributes["data-verdict"] for row in rows]


def test_the_page_says_what_it_is_made_from_and_how_to_cite_it() -> None:
    case = open_case(cache=False)
    foot = shipped().one("footer").text
    for part in (case.title, case.id, case.digest, case.policy.policy, "as the case stands", "Cite this"):
        assert part in foot


def test_without_javascript_all_is_there_and_nothing_that_does_nothing() -> None:
    assert "hidden" in shipped().one("form").attributes
    outside = [one for one in shipped().all("button") if one not in shipped().one("form").all("button")]
    for button in outside:
        assert "hidden" in button.attributes or button in shipped().one("p", class_="none").all("button")
    assert not [row for row in shipped().all("tr") if "hidden" in row.attributes]


def test_a_row_is_found_by_its_speakers_and_sources() -> None:
    found = small()
    for name in ("speaker", "source"):
        options = [one.attributes["value"] for one in found.one("select", name=name).all("option")]
        rows = {
            row.attributes["data-id"]: row.attributes[f"data-{name}"].split() for row in found.one("tbody").all("tr")
        }
        named = {key: {options[int(n)] for n in numbers} for key, numbers in rows.items()}
        expected = {"speaker": {"nasrallah", "velayati"}, "source": {"wire", "manar", "bbc", "sohr"}}
        assert named["area"] == expected[name]


def test_every_verdict_stands_in_words() -> None:
    found = small()
    words = {row.all("td")[0].text.split()[-1] for row in found.one("tbody").all("tr")}
    assert words == {row.attributes["data-verdict"] for row in found.one("tbody").all("tr")}
    assert words <= set(VERDICTS)


def test_a_filter_that_leaves_nothing_says_so() -> None:
    case = case_of({})
    found = read(render(report(assess(case)), case))
    assert "There is nothing here to judge." in found.one("main").text
    assert not found.all("table")


def test_where_claims_have_pages_of_their_own_the_report_has_rows_and_their_anchors_only() -> None:
    def places(entry: Entry) -> str | None:
        return f"claims/{entry.id}.html" if entry.section == "claims" else None

    made = report_page(plural_report(), case_of(plural()), places, links=(Link("Report", "index.html", is_here=True),))
    found = read(page(made))
    assert not found.all("article")
    assert [row.attributes["id"] for row in found.one("tbody").all("tr", data_id="camp")] == ["claim-camp"]
    assert found.one("nav", aria_label="Pages").one("a").attributes == {"href": "index.html", "aria-current": "page"}
    assert found.all("div", class_="versus")


@pytest.mark.parametrize("more", ["connect-src 'self'"])
def test_a_page_may_be_allowed_more_by_who_makes_it(more: str) -> None:
    made = report_page(plural_report(), case_of(plural()))
    found = read(page(made._replace(scripts=("live();",), allows=(more,))))
    assert policy_of(found)["connect-src"] == "'self'"
    digest = base64.b64encode(hashlib.sha256(b"live();").digest()).decode()
    assert f"'sha256-{digest}'" in policy_of(found)["script-src"]
    assert [one.text for one in found.all("script")][1] == "live();"
