"""How a file of a case is named, and in which form it is: YAML, or a table of one section.

A table is called by the section that it holds. `findings.csv`, `findings-2015.csv`, and `findings/part-0001.csv` or
`findings.parquet/part-0001.parquet`, as programs write them that split a table, are tables of findings.

>>> table_of("data/findings-2015.csv")
Table(section='findings', form='csv')
>>> table_of("notes.csv") is None
True
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

Form = Literal["csv", "jsonl", "parquet"]

YAML_ENDINGS: Final = (".yaml", ".yml")
FORMS: Final[tuple[Form, ...]] = get_args(Form)
NAMED: Final = ("parties", "sources", "speakers", "documents", "claims", "statements", "findings")
"""The sections that a table can be called by."""
LIKE_NAMES: Final = frozenset({
    *NAMED, "party", "source", "speaker", "document", "claim", "statement", "finding",
})  # fmt: skip
"""What a table is called by who means such a table."""
PART: Final = "part-"


class Table(NamedTuple):
    """The section that a table holds, and its form."""

    section: str
    form: Form


def is_yaml(path: str) -> bool:
    """Whether a file is YAML, by its name."""
    return path.lower().endswith(YAML_ENDINGS)


def table_of(path: str) -> Table | None:
    """The table that a file is, by its path with `/`; None where it is none."""
    form = _form(path)
    if form is None:
        return None
    *folders, name = path.split("/")
    section = _section(name)
    if section is None and name.startswith(PART) and folders:
        above = folders[-1]
        section = above if above in NAMED else _section(above) if _form(above) == form else None
    return Table(section, form) if section else None


def is_read(path: str) -> bool:
    """Whether a file below a case is one of its files, by its name."""
    return is_yaml(path) or table_of(path) is not None


def is_near_table(path: str) -> bool:
    """Whether a file seems to be meant for a table of the case, and is not named like one."""
    form = _form(path)
    if form is None or table_of(path) is not None:
        return False
    *folders, name = path.split("/")
    stem = name.lower().removesuffix(f".{form}")
    words = {word for mark in ".-_ " for word in (stem, stem.partition(mark)[0])}
    return bool(words & LIKE_NAMES) or bool(folders and folders[-1] in NAMED)


def _form(name: str) -> Form | None:
    return next((form for form in FORMS if name.lower().endswith(f".{form}")), None)


def _section(name: str) -> str | None:
    stem = name[: name.rindex(".")]
    return next((section for section in NAMED if stem == section or stem.startswith(f"{section}-")), None)
