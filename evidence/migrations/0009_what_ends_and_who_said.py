from datetime import date, timedelta

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def from_now_on() -> date:
    """Links that are out already work for as long as new ones do."""
    return date.today() + timedelta(days=90)  # noqa: DTZ011 -- a day more or less is the same here


class Migration(migrations.Migration):
    """Links of a hand-off end; the log says who said what came of a search."""

    dependencies = [
        ("evidence", "0008_listening_sessions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="handoff",
            name="expires_on",
            field=models.DateField(default=from_now_on, verbose_name="the link works until"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="handoff",
            name="revoked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="search",
            name="finished_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="search",
            name="finished_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
