"""What each key means: the text under it in its model, read from the source.

pydantic can do this when a class is made, but then every command would pay for what only schemas and docs need.

>>> from claims.model.statement import Statement
>>> meanings(Statement)["speaker"]
'Who uttered it.'
"""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """What the keys of a model mean, by the names of its fields; a key that says nothing is not there.

    Told to people who write YAML: where a model says "None", they leave a key out.
    """
    return _of_module(model.__module__).get(model.__name__, {})


@cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {node.name: _of_class(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _of_class(node: ast.ClassDef) -> dict[str, str]:
    return {
        field.target.id: _in_yaml(inspect.cleandoc(text.value.value))
        for field, text in pairwise(node.body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }  # fmt: skip


def _in_yaml(text: str) -> str:
    return text.replace("; None:", "; left out:").replace("None:", "Left out:").replace("Empty:", "Empty list:")
