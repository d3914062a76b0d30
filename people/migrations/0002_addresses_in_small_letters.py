"""Who typed capitals in their address could not sign in: people are looked for in small letters."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make_small(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None = None) -> None:
    """The addresses of people and of accounts. All other tables are asked in either case, or hold what was written."""
    people = apps.get_model("people", "Person").objects
    for pk, email in people.order_by().values_list("pk", "email").iterator():
        if email != email.lower() and not people.filter(email=email.lower()).exists():
            people.filter(pk=pk).update(email=email.lower())
    addresses = apps.get_model("account", "EmailAddress").objects
    for address in addresses.iterator():
        small = address.email.lower()
        if address.email == small:
            continue
        if addresses.filter(email=small).exists():
            address.delete()
        else:
            addresses.filter(pk=address.pk).update(email=small)


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(make_small, migrations.RunPython.noop, elidable=True)]
