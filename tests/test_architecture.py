"""What import-linter cannot see: arrows between tables, and what every folder has."""

from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
# Lower apps have higher numbers; a table may point to its own app or further down.
LEVEL = {
    "pages": 0,
    "networking": 1,
    "unmentoring": 1,
    "evidence": 1,
    "meetups": 2,
    "people": 3,
    "outbox": 4,
    "searchdeck": 4,
    "govuk": 4,
}


def test_foreign_keys_follow_the_arrows_between_apps():
    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LEVEL
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if not _may_point(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert wrong == []


def _may_point(app: str, other: str) -> bool:
    return app == other or other not in LEVEL or LEVEL[other] > LEVEL[app]


def test_constraints_carry_the_name_of_their_table():
    """So that an error in a log says which rule of which table was broken."""
    wrong = [
        constraint.name
        for model in apps.get_models()
        if model._meta.app_label in LEVEL
        for constraint in model._meta.constraints
        if not constraint.name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")
    ]

    assert wrong == []


def test_no_module_has_a_name_that_says_nothing():
    empty_names = {"utils", "helpers", "services", "core", "common", "misc"}
    found = [
        str(path.relative_to(ROOT))
        for app in (*LEVEL, "config", "local")
        for path in (ROOT / app).rglob("*.py")
        if path.stem in empty_names
    ]

    assert found == []


def test_every_email_is_written_as_subject_text_and_html():
    folders = [folder for folder in (ROOT / "templates").glob("*/emails") if folder.is_dir()]
    incomplete = [
        str(path.relative_to(ROOT))
        for folder in folders
        for path in folder.glob("[!_]*.txt")
        if not path.name.endswith(".subject.txt")
        if not path.with_suffix(".html").exists() or not path.with_suffix(".subject.txt").exists()
    ]

    assert incomplete == []


def test_no_file_holds_what_a_merge_left_behind():
    kinds = {".py", ".html", ".txt", ".md", ".js", ".scss", ".toml"}
    folders = [ROOT / name for name in (*LEVEL, "config", "documents", "local", "templates", "static", "docs", "tests")]
    left = [
        str(path.relative_to(ROOT))
        for path in (each for folder in folders for each in folder.rglob("*") if each.suffix in kinds)
        if any(line.startswith((b"<" * 7 + b" ", b">" * 7 + b" ")) for line in path.read_bytes().splitlines())
    ]

    assert left == []
