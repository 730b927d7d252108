"""`claims serve`: a real process, asked over a real socket."""

from __future__ import annotations

import signal
import socket
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from claims.cli import exits
from claims.cli.main import main
from tests.cli.lasting import SOON, Lasting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Serving(Lasting):
    """A running `claims serve`: its address, and the lines that it says."""

    def __init__(self, folder: Path, *args: str, before: str = "") -> None:
        super().__init__("serve", "--case", str(folder), "--port", "0", *args, heard="stderr", before=before)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def until(self, text: str) -> str:
        """The line that says this."""
        return self.soon(lambda: next((line.strip() for line in self.lines if text in line), None))

    def get(self, path: str = "/") -> tuple[int, str]:
        """What a page says."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=SOON)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def serving(example: Path, *args: str, before: str = "") -> Iterator[Serving]:
    """The example, served until the block ends. before: what Python does first."""
    running = Serving(example, *args, before=before)
    try:
        running.until("Ctrl-C ends")
        yield running
    finally:
        running.close()


@pytest.fixture
def served(example: Path) -> Iterator[Serving]:
    """The example, served."""
    with serving(example) as running:
        yield running


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_each_save_is_served_and_told_in_a_line(served: Serving, example: Path) -> None:
    assert served.url.startswith("http://127.0.0.1:")
    status, page = served.get()
    assert (status, "The crane at" in page) == (200, True)
    change(example / "case.yaml", "The crane at", "The tall crane at")
    served.until("saved case.yaml: no verdict changed")
    assert "The tall crane at" in served.get()[1]
    (example / "more.yaml").write_text("claims:\n  - {id: new-one, topik: trade}\n")
    assert "more.yaml:2:" in served.until("2 errors, the first: ")
    assert "The tall crane at" in served.get()[1]
    assert "<mark>topik</mark>" in served.get()[1]
    (example / "more.yaml").unlink()
    served.until("saved more.yaml: no verdict changed")
    assert "<mark>topik</mark>" not in served.get()[1]
    assert len(served.lines) == 4


def test_without_graphviz_chains_are_told_in_words(example: Path) -> None:
    with serving(example, before="import sys; sys.modules['pygraphviz'] = None\n") as served:
        assert served.until("Graphviz").endswith("pip install 'claims[pictures]'")
        claim = served.get()[1].partition('href="claims/')[2].partition('"')[0]
        status, page = served.get(f"/claims/{claim}")
        assert status == 200
        assert "There is no picture here" in page
        assert 'aria-labelledby="chain-' not in page


@pytest.mark.parametrize("is_link", [False, True])
def test_a_policy_outside_the_folder_is_followed_too(example: Path, tmp_path: Path, is_link: bool) -> None:
    written = tmp_path / ("elsewhere" if is_link else "policies") / "mine.yaml"
    named = tmp_path / "policies" / "mine.yaml"
    for path in (written, named):
        path.parent.mkdir(exist_ok=True)
    written.write_text("policy: mild\n")
    if is_link:
        named.symlink_to(written)
    with serving(example, "--policy", str(named)) as served:
        assert "mild" in served.get()[1]
        (named.parent / "other.yaml").write_text("policy: other\n")
        written.write_text("policy: strict\ncorroborated: {groups: 9, probability: 0.8}\n")
        line = served.until("saved ")
        assert "mine.yaml" in line
        assert "changed" in line
        assert "strict" in served.get()[1]
        new = written.with_name("new")
        new.write_text("policy: renamed\n")
        new.replace(written)
        served.until("no verdict changed" if "1 verdict" not in line else "1 verdict changed")
        end = time.monotonic() + SOON
        while "renamed" not in served.get()[1] and time.monotonic() < end:
            time.sleep(0.1)
        assert "renamed" in served.get()[1]
        assert not [line for line in served.lines if "other.yaml" in line]
        written.write_text("policy: [\n")
        end = time.monotonic() + SOON
        while "The case " not in served.get()[1] and time.monotonic() < end:
            time.sleep(0.1)
        assert "mine.yaml" in served.get()[1]


def test_nothing_is_written(served: Serving, example: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in example.rglob("*")}
    for path in ("/", "/sources/index.html", "/nowhere"):
        served.get(path)
    assert {path: path.stat().st_mtime_ns for path in example.rglob("*")} == before


def test_an_interrupt_ends_it_quietly_at_once_whoever_waits(served: Serving) -> None:
    key = served.get()[1].partition('data-state="')[2][:32]
    with socket.create_connection(("127.0.0.1", urlsplit(served.url).port or 0)) as waiting:
        host = urlsplit(served.url).netloc
        waiting.sendall(f"GET /changes?since={key} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(0.3)
        start = time.monotonic()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(timeout=SOON) == exits.INTERRUPTED
        assert time.monotonic() - start < 3
    served.reader.join(SOON)
    assert len(served.lines) == 1, served.lines


def test_a_case_that_is_broken_is_served_until_it_is_mended(example: Path) -> None:
    (example / "more.yaml").write_text("claims: [")
    running = Serving(example)
    try:
        running.until("1 error, the first: more.yaml:2:")
        assert "The case has 1 error" in running.get()[1]
        (example / "more.yaml").unlink()
        running.until("claims")
        end = time.monotonic() + SOON
        while "All claims" not in running.get()[1]:
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        running.close()


def test_quiet_says_the_address_alone(example: Path) -> None:
    running = Serving(example, "-q")
    try:
        assert running.get()[0] == 200
        assert running.lines == []
    finally:
        running.close()


WRONG = [
    (["--host", "0.0.0.0"], "'0.0.0.0' is not this machine alone"),  # noqa: S104 - refused
    (["--host", "example.org"], "'example.org' is not this machine alone"),
    (["--port", "70000"], "'70000' is not a port"),
    (["--port", "-1"], "is not a port"),
    (["--as-of", "never"], "--as-of: "),
    (["--policy", "nowhere.yaml"], "nowhere.yaml"),
]


@pytest.mark.parametrize(("args", "said"), WRONG)
def test_wrong_use_ends_at_once(args: list[str], said: str, example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--case", str(example), *args]) == exits.WRONG_USE
    assert said in capsys.readouterr().err


def test_no_case_is_nothing_to_serve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--case", str(tmp_path)]) == exits.WRONG_USE
    assert "no case at" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["serve", "--case", str(example), "--port", str(port)]) == exits.WRONG_USE
    assert f"port {port} of 127.0.0.1 cannot be had: name another with --port" in capsys.readouterr().err
