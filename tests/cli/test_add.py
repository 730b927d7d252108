"""`claims add`, `remove`, `rename` and `retract`, run as a person and as a script runs them."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import validate

from claims.cli import exits, writing
from claims.cli.entry_keys import KEYS, LISTS, SECTIONS, TRUTHS, flag
from claims.cli.main import main
from claims.cli.prompts import asked
from claims.cli.writing import SECTION
from claims.present.plan_json import add_schema
from claims.read import ledger
from claims.read.case import read_case
from tests.cli.running import claims

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NEW = """\
documents:
  - {id: gazette-crane, source: radio-tern, title: More, published: 2024-03-07}
findings:
  - {claim: three-injured, document: gazette-crane, value: 3 injured, basis: own-sources}
"""
SOURCE = ["add", "source", "--id", "gazette", "--name", "The Gazette", "--aliases", "Gaz, The Gaz"]


@pytest.fixture
def stood(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the example, next to a file with something to add."""
    (example.parent / "new.yaml").write_text(NEW)
    monkeypatch.chdir(example)
    monkeypatch.setenv("COLUMNS", "100")
    return example


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*.yaml")}


def read_input(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_what_is_added_is_shown_and_written_and_can_be_taken_back(
    stood: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(stood)
    assert main(["add", "../new.yaml", "--yes"]) == exits.FINE
    captured = capsys.readouterr()
    assert "document gazette-crane → reports.yaml" in captured.out
    assert "single-source 0.90 → ✔ corroborated" in captured.out
    assert "wrote reports.yaml; `claims undo` takes it back" in captured.err
    assert main(["check"]) == exits.FINE
    assert main(["undo"]) == exits.FINE
    assert files(stood) == before


def test_what_was_added_need_not_be_read_again(stood: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["add", "../new.yaml", "--yes", "-q"]) == exits.FINE
    monkeypatch.setattr("claims.read.assembly.assembled", None)
    case, _ = read_case(stood)
    assert case is not None
    assert "gazette-crane" in {document.id for document in case.documents}


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        ([], exits.WRONG_USE, "say --yes to write it"),
        (["--dry-run"], exits.FINE, ""),
        (["--dry-run", "--yes"], exits.FINE, ""),
        (["--format", "json"], exits.WRONG_USE, "say --yes to write it"),
    ],
)
def test_nothing_is_written_that_was_not_meant(
    more: list[str], code: int, said: str, stood: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    before = files(stood)
    read_input(monkeypatch, "y\n")
    assert main(["add", "../new.yaml", *more]) == code
    captured = capsys.readouterr()
    assert "gazette-crane" in captured.out
    assert said in captured.err
    assert files(stood) == before
    assert not (stood / ".claims" / "undo").exists()


@pytest.mark.parametrize(
    ("answer", "is_written"), [("y\n", True), ("YES\n", True), ("\n", False), ("n\n", False), ("", False)]
)
def test_on_a_terminal_it_asks(
    answer: str, is_written: bool, stood: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(stood)
    monkeypatch.setattr(writing, "_can_ask", lambda: True)
    read_input(monkeypatch, answer)
    assert main(["add", "../new.yaml"]) == exits.FINE
    assert "Write this? [y/N]" in capsys.readouterr().err
    assert (files(stood) != before) is is_written


def test_what_changed_while_it_was_looked_at_is_not_written_over(
    stood: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def meanwhile() -> bool:
        (stood / "claims.yaml").write_text((stood / "claims.yaml").read_text() + "# seen\n")
        return True

    monkeypatch.setattr(writing, "_can_ask", lambda: True)
    monkeypatch.setattr(writing, "_is_wanted", meanwhile)
    assert main(["add", "../new.yaml"]) == exits.WRONG_USE
    assert "the case has changed since this was shown" in capsys.readouterr().err
    assert "gazette" not in (stood / "reports.yaml").read_text()


def test_the_standard_input_is_read_and_its_problems_are_told_with_their_places(
    stood: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(stood)
    read_input(monkeypatch, "findings:\n  - claim: crane-fel\n    document: wire-crane\n    stance: suports\n")
    assert main(["add", "-", "--yes"]) == exits.FOUND
    captured = capsys.readouterr()
    assert "<stdin>:4:13: bad-value: 'suports' is no stance" in captured.err
    assert "nothing was written" in captured.err
    assert captured.out == ""
    assert files(stood) == before


@pytest.mark.usefixtures("stood")
def test_json_tells_what_was_written_as_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    for more, is_written in (["--dry-run"], False), (["--yes"], True), (["--yes"], False):
        assert main(["add", "../new.yaml", "--format", "json", *more]) == exits.FINE
        data = json.loads(capsys.readouterr().out)
        validate(data, add_schema())
        assert data["written"] is is_written
    assert {entry["fate"] for entry in data["entries"]} == {"there"}


def test_one_entry_is_added_by_flags(stood: Path) -> None:
    assert main([*SOURCE, "--yes", "-q"]) == exits.FINE
    case, _ = read_case(stood, cache=False)
    assert case is not None
    source = next(source for source in case.sources if source.id == "gazette")
    assert (source.name, source.aliases) == ("The Gazette", ("Gaz", "The Gaz"))


@pytest.mark.parametrize(("more", "is_shown"), [(["--yes"], False), (["--dry-run"], True), ([], True)])
def test_quietly_written_nothing_is_said_and_what_is_not_written_is_shown(
    more: list[str], is_shown: bool, stood: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_input(monkeypatch, "")
    main(["add", "../new.yaml", "-q", "--case", str(stood), *more])
    captured = capsys.readouterr()
    assert bool(captured.out) is is_shown
    assert more == [] or captured.err == ""


WRONG = [
    (["add"], "FILE|KIND"),
    (["add", "source"], "without a terminal nothing is asked"),
    (["add", "source", "claim"], "one kind at a time"),
    (["add", "sorce"], "did you mean 'source'?"),
    (["add", "none.yaml"], "none.yaml: no such file"),
    (["add", "."], ".: is a directory"),
    (["add", "../new.yaml", "--name", "x"], "--name is a key of an entry"),
    (["add", "party", "--reliability", "B"], "a party has no --reliability: known are --id, --name"),
    (["add", "../new.yaml", "--yes", "--into", "../x.yaml"], "--into ../x.yaml"),
    (["remove", "wire-crane"], "findings refer to the document 'wire-crane': --with-references"),
    (["remove", "wire-crne"], "did you mean 'wire-crane'"),
    (["rename", "wire-crane", "the-lantern"], "a source called 'the-lantern' already, at sources.yaml:"),
    (["rename", "wire-crane", "Wire Crane!"], "lower-case letters and digits, joined by '-' or '.': wire-crane"),
    (["retract", "wire-crane"], "--reason"),
    (["retract", "coast-wire", "--reason", "x"], "no document is called 'coast-wire'"),
    (["retract", "wire-crane", "--reason", "x", "--date", "soon"], "--date: 'soon' is not a date"),
]


@pytest.mark.parametrize(("args", "said"), WRONG, ids=[" ".join(args) for args, _ in WRONG])
def test_wrong_use_is_told_in_a_line(
    args: list[str], said: str, stood: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(stood)
    read_input(monkeypatch, "")
    assert main(args) == exits.WRONG_USE
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert files(stood) == before


def test_a_file_that_lies_in_the_case_is_said_to_count_already(stood: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stood / "new.yaml").write_text(NEW)
    assert main(["add", "new.yaml", "--yes"]) == exits.FINE
    captured = capsys.readouterr()
    assert "new.yaml lies in the folder of the case: what it says counts without being added" in captured.err
    assert "Nothing changes: the case says all of it" in captured.out


def test_a_file_called_like_a_kind_is_named_with_its_folder(stood: Path) -> None:
    (stood / "source").write_text("sources: [{id: gazette, name: G}]")
    assert main(["add", "./source", "--yes", "-q"]) == exits.FINE
    assert "gazette" in (stood / "sources.yaml").read_text()


@pytest.mark.parametrize("command", [["add", "x.yaml"], ["remove", "bbc"], ["rename", "bbc", "x"], SOURCE])
def test_the_case_that_ships_is_not_changed_because_there_is_no_other(
    command: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "x.yaml").write_text("sources: [{id: x, name: X}]")
    assert main([*command, "--yes"]) == exits.WRONG_USE
    assert "no case here: name one with --case DIR" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["remove", "lantern-crane", "--with-references"], "Removed (4)"),
        (["rename", "the-lantern", "lantern"], "source: the-lantern → lantern"),
        (["retract", "lantern-crane", "--reason", "wrong pier"], "Retract the document lantern-crane"),
    ],
)
def test_other_changes_are_shown_and_written_and_taken_back(
    args: list[str], said: str, stood: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(stood)
    assert main([*args, "--dry-run"]) == exits.FINE
    assert files(stood) == before
    assert said in capsys.readouterr().out
    assert main([*args, "--yes"]) == exits.FINE
    assert files(stood) != before
    assert main(["check", "--strict"]) == exits.FINE
    assert main(["undo", "-q"]) == exits.FINE
    assert files(stood) == before


@pytest.mark.usefixtures("stood")
def test_what_refers_to_an_entry_is_named_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "quill"]) == exits.WRONG_USE
    first, last = capsys.readouterr().err.splitlines()
    assert first == "reports.yaml:42:5: statement lantern-crane/two-million-tonnes/quill"
    assert last.startswith("claims: 1 statement refers to the speaker 'quill': --with-references")


def test_what_is_wrong_with_the_case_itself_is_told(stood: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (stood / "wrong.yaml").write_text("claims: [{id: X}]")
    assert main(["add", "../new.yaml", "--yes"]) == exits.FOUND
    assert "wrong.yaml:1:" in capsys.readouterr().err


def test_many_at_once_lose_nothing(stood: Path) -> None:
    import threading  # noqa: PLC0415 - only here

    def one(n: int) -> None:
        assert claims("add", "source", "--id", f"s{n}", "--name", f"Name {n}", "--yes", cwd=stood).returncode == 0

    threads = [threading.Thread(target=one, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case, _ = read_case(stood, cache=False)
    assert case is not None
    assert {f"s{n}" for n in range(4)} <= {source.id for source in case.sources}


class Answers:
    """A person at a terminal, with answers ready; it ends where they do."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.offered: dict[str, Sequence[str]] = {}

    def __call__(self, prompt: str, words: Sequence[str]) -> str:
        self.offered[prompt.removesuffix(": ")] = words
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)


def test_questions_are_asked_again_until_the_answer_will_do(stood: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, _ = read_case(stood, cache=False)
    assert case is not None
    person = Answers("crane-fel", "crane-fell", "radio-crne", "radio-crane", "supports", "", "7", "3",
                     "5 kmm", "", "", "", "coast-wire, nobody", "coast-wire", "maybe", "y", "a: b # c", "")  # fmt: skip
    entry = asked("findings", case, person)
    assert entry == {
        "claim": "crane-fell", "document": "radio-crane", "stance": "supports", "credibility": "3",
        "relies_on": ["coast-wire"], "inferred": "true", "note": "a: b # c",
    }  # fmt: skip
    told = capsys.readouterr().err
    for said in (
        "did you mean 'crane-fell'?",
        "did you mean 'radio-crane'?",
        "'7' is no credibility",
        "did you mean 'km'?",
        "no source, speaker or document is called 'nobody'",
        "true or false",
    ):
        assert said in told
    assert "crane-fell" in person.offered["claim"]
    assert list(person.offered["basis"])[:2] == ["witnessed", "imagery"]


def test_an_id_that_is_taken_is_asked_for_again(stood: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case, _ = read_case(stood, cache=False)
    assert case is not None
    assert asked("sources", case, Answers("wire-crane", "gazette")) is None
    assert "there is a document called 'wire-crane' already, at reports.yaml:6:5" in capsys.readouterr().err


def test_the_digest_of_a_stored_text_is_not_asked_for(stood: Path) -> None:
    case, _ = read_case(stood, cache=False)
    assert case is not None
    path = "texts/lantern-2024-03-05.txt"
    entry = asked("documents", case, Answers("x", "the-lantern", *[""] * 6, path, *[""] * 6))
    assert entry is not None
    assert entry["text"] == path
    assert entry["sha256"] == next(one.sha256 for one in case.documents if one.text == path)


def test_answers_that_end_early_write_nothing(stood: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(stood)
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})("x\n"))
    monkeypatch.setattr("claims.cli.prompts.terminal_ask", Answers("gazette"))
    assert main(["add", "source"]) == exits.FINE
    assert files(stood) == before


def test_the_flags_are_the_keys_of_the_models() -> None:
    assert {section: one for one, section in SECTIONS.items()} == ledger.SINGULAR
    assert SECTION.choices == tuple(ledger.SECTIONS)
    for kind, section in SECTIONS.items():
        fields = ledger.SECTIONS[section].model_fields
        assert tuple(fields) == KEYS[kind]
        lists = {name for name, field in fields.items() if "tuple" in str(field.annotation)}
        assert lists == LISTS.intersection(fields)
        assert {name for name, field in fields.items() if field.annotation is bool} == TRUTHS.intersection(fields)


@pytest.mark.parametrize("key", ["relies_on", "id"])
def test_a_flag_is_a_key_with_dashes(key: str) -> None:
    assert flag(key) == f"--{key.replace('_', '-')}"
