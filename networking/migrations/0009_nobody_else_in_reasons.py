import re

from django.db import migrations

# “For Video ask the expert pool: Ann and Bob.” named people who may have left since.
NAMES = re.compile(r"^(For .+ ask the expert pool): .+$", re.DOTALL)


def without_names(apps, schema_editor):
    for pair in apps.get_model("networking", "Pair").objects.all().iterator():
        reasons = [NAMES.sub(r"\1.", reason) for reason in pair.reasons]
        if reasons != pair.reasons:
            pair.reasons = reasons
            pair.save(update_fields=["reasons"])


class Migration(migrations.Migration):
    dependencies = [("networking", "0008_invitations")]
    operations = [migrations.RunPython(without_names, migrations.RunPython.noop, elidable=True)]
