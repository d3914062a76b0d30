"""One word per thing on every page and in every mail: what people read is “email”, never “e-mail”."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("config", "documents", "evidence", "govuk", "meetups", "networking", "outbox", "pages", "people",
        "searchdeck", "unmentoring")  # fmt: skip
# Heads of columns in files that people bring: they say what they say.
READ_NOT_WRITTEN = {"meetups/attendance/columns.py", "meetups/attendance/refusals.py", "networking/invitation_lines.py"}
OTHER_WORD = re.compile(r"\be-mail", re.IGNORECASE)


def files(*patterns: str) -> list[str]:
    """Of the repository, by path."""
    found = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return found.stdout.split()


def strings(source: str) -> Iterator[str]:
    """Every string of a module but its docstrings, which no visitor reads."""
    tree = ast.parse(source)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented)
                  if node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_templates_and_texts_say_email():
    paths = files("templates", "pages/words", "static/js", "docs/organisers")

    assert len(paths) > 500
    assert [path for path in paths if OTHER_WORD.search((ROOT / path).read_text())] == []


def test_words_in_python_say_email():
    paths = [path for path in files(*(f"{app}/*.py" for app in APPS)) if path not in READ_NOT_WRITTEN]

    assert len(paths) > 300
    assert [path for path in paths if any(map(OTHER_WORD.search, strings((ROOT / path).read_text())))] == []


@pytest.mark.parametrize(
    ("source", "said"),
    [('"""An e-mail."""\nx = "email"', ["email"]), ('def f():\n    "e-mail"\n    return f"e-mail {1}"', ["e-mail "])],
)
def test_docstrings_are_not_looked_at(source, said):
    assert list(strings(source)) == said
