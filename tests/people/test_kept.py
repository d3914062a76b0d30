"""Nothing that names somebody is left out of the privacy page."""

from django.apps import apps

from people import kept

# Rows about one person, through which other rows name them.
ABOUT_ONE = {
    "people.Person",
    "meetups.SignUp",
    "unmentoring.Participant",
    "unmentoring.PairingMember",
    "networking.Member",
}


def tables_that_name_somebody() -> set[str]:
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.label
        for model in models
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one
        if not field.auto_created and field.related_model._meta.label in ABOUT_ONE
    }


# A new table with a person in it? Tell its row, or explain it, in the registrations.py of your app (people/kept.py).
def test_every_table_that_points_to_a_person_is_told_or_explained():
    assert tables_that_name_somebody() - kept.tables() == set()


def test_no_row_names_a_table_that_there_is_not():
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}

    assert kept.tables() - known == set()


def test_every_row_says_why_and_how_long():
    rows = [row for of_area in kept.rows().values() for row in of_area]

    assert [row.what for row in rows if not (row.why.endswith(".") and row.how_long().endswith("."))] == []
    assert len({row.what for row in rows}) == len(rows)
