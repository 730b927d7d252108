"""Whatever stands on the command line: an exit that is in the table, and never a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.cli import exits
from claims.cli.commands import SUMMARIES, all_commands
from claims.cli.main import main
from claims.write.init import write_example

FLAGS = sorted({flag for command in all_commands() for option in command.options for flag in option.flags})
PIECES = st.one_of(
    st.sampled_from(list(SUMMARIES)),
    st.sampled_from(FLAGS),
    st.sampled_from(["example", "example/case.yaml", ".", "..", "", "-", "--", "json", "2015-05"]),
    st.sampled_from(["\x1b[31m", "\u202e", "0" * 5000]),
    st.text(max_size=20),
    st.text(st.characters(codec=None, categories=("Cs", "Cc", "Cf", "Lo", "Nd", "P")), max_size=20),
)  # fmt: skip
LINES = st.lists(PIECES, max_size=6) | st.tuples(st.sampled_from(list(SUMMARIES)), st.lists(PIECES, max_size=5)).map(
    lambda line: [line[0], *line[1]]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_no_line_of_arguments_ends_in_a_traceback(line: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        write_example(Path("example"))
        os.environ.pop("CLAIMS_CASE", None)
        said = io.StringIO()
        with (
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(said),
            mock.patch("claims.cli.watch.saves", return_value=[("example/case.yaml",)]),  # and then no more
            mock.patch("claims.cli.serve.saves", return_value=[("example/case.yaml",)]),
            mock.patch("webbrowser.open", return_value=False),
        ):
            code = main(line)
    assert code in exits.EXITS
    assert code != exits.OUR_FAULT, said.getvalue()
    assert "Traceback" not in said.getvalue()
    assert "\x1b" not in said.getvalue()
    assert "\u202e" not in said.getvalue()
