"""What stands in the repository and is made by the program must be what the program makes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from claims import assess, open_case, report, shipped_case
from claims.present import json as json_face
from claims.present import markdown
from claims.present.report_view import report_view
from claims.present.schemas import ENDING, SCHEMAS, schema_text
from claims.read.codes import CODES
from tests.docs.consoles import run_blocks
from tests.docs.format_tables import filled
from tests.docs.freshness import compare

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_fresh_and_sound(name: str, pytestconfig: pytest.Config) -> None:
    compare(ROOT / "schemas" / f"{name}{ENDING}", schema_text(name), pytestconfig)
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name]())


def test_the_reports_of_the_shipped_case_are_fresh(pytestconfig: pytest.Config) -> None:
    case = open_case()
    result = report(assess(case))
    name = shipped_case().name
    compare(ROOT / "reports" / f"{name}.md", markdown.render(report_view(result)), pytestconfig)
    text = json_face.render(result, case.policy)
    compare(ROOT / "reports" / f"{name}.json", text, pytestconfig)
    jsonschema.validate(json.loads(text), SCHEMAS["report"](), jsonschema.Draft202012Validator)


def test_the_readme_shows_what_its_commands_print(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    page = ROOT / "README.md"
    compare(page, run_blocks(page.read_text("utf-8"), tmp_path), pytestconfig)


def test_the_page_on_fusing_shows_what_its_commands_print(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    page = ROOT / "docs" / "fuse.md"
    compare(page, run_blocks(page.read_text("utf-8"), tmp_path), pytestconfig)


def test_the_page_on_reliability_shows_what_its_commands_print(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    page = ROOT / "docs" / "reliability.md"
    compare(page, run_blocks(page.read_text("utf-8"), tmp_path), pytestconfig)


def test_the_format_is_documented_key_by_key(pytestconfig: pytest.Config) -> None:
    page = ROOT / "docs" / "format.md"
    compare(page, filled(page.read_text("utf-8")), pytestconfig)


PROBLEMS = """\
# Problems

What `claims check` can find. Each problem has a place (file, line and column), one of these codes, what is wrong, and
the way out. Errors keep a report from being made; warnings do not. Codes stay as they are, so that scripts can rely on
them; `claims check --format json` gives them for machines ([schema](../schemas/problems.schema.json)).

| code | what it says |
| --- | --- |
"""


def test_every_problem_code_is_documented(pytestconfig: pytest.Config) -> None:
    rows = "".join(f"| `{code}` | {text} |\n" for code, text in CODES.items())
    compare(ROOT / "docs" / "problems.md", PROBLEMS + rows, pytestconfig)
