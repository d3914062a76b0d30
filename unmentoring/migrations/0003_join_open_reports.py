"""Two who reported the same learning at once could leave two open reports: their words become one report."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count, Min


def join(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None = None) -> None:
    open_reports = apps.get_model("unmentoring", "Report").objects.filter(kind="learning", state="open")
    doubled = open_reports.order_by().values("learning").annotate(number=Count("pk"), first=Min("pk"))
    for row in doubled.filter(number__gt=1):
        same = list(open_reports.filter(learning=row["learning"]).order_by("pk"))
        words = "\n\nAdded later:\n".join(dict.fromkeys(one.text for one in same))
        open_reports.filter(pk=row["first"]).update(text=words)
        open_reports.filter(learning=row["learning"]).exclude(pk=row["first"]).delete()


class Migration(migrations.Migration):
    dependencies = [("unmentoring", "0002_draw_record")]

    operations = [
        migrations.AlterField("report", "text", models.TextField("what happened")),
        migrations.RunPython(join, migrations.RunPython.noop, elidable=True),
    ]
