from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('meetups', '0012_sponsors'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='meetup',
            name='sponsor',
        ),
        migrations.RemoveField(
            model_name='meetup',
            name='sponsor_url',
        ),
    ]
