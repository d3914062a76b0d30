import django.db.models.deletion
import meetups.models.sponsors
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """The one sponsor that a meet-up could have. Without a name nothing was shown, so there is nothing to carry."""
    Meetup, Sponsor = apps.get_model("meetups", "Meetup"), apps.get_model("meetups", "Sponsor")
    Sponsor.objects.bulk_create(
        Sponsor(meetup=meetup, position=0, name=meetup.sponsor, url=meetup.sponsor_url)
        for meetup in Meetup.objects.exclude(sponsor="").iterator()
    )


def carry_back(apps, schema_editor):
    """The first of them; there is no place for more."""
    Meetup, Sponsor = apps.get_model("meetups", "Meetup"), apps.get_model("meetups", "Sponsor")
    for sponsor in Sponsor.objects.exclude(meetup=None).order_by("-position", "-pk"):
        Meetup.objects.filter(pk=sponsor.meetup_id).update(sponsor=sponsor.name, sponsor_url=sponsor.url)


class Migration(migrations.Migration):

    dependencies = [
        ('meetups', '0011_defaults_of_a_series'),
    ]

    operations = [
        migrations.CreateModel(
            name='Sponsor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=150)),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='website')),
                ('logo', models.FileField(blank=True, max_length=200, upload_to=meetups.models.sponsors.place_of)),
                ('logo_format', models.CharField(blank=True, editable=False, max_length=4)),
                ('logo_width', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('logo_height', models.PositiveSmallIntegerField(editable=False, null=True)),
                ('logo_ref', models.UUIDField(editable=False, null=True, unique=True)),
                ('meetup', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sponsors', to='meetups.meetup')),
                ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sponsors', to='meetups.series')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('meetup__isnull', False), ('series', None)), models.Q(('meetup', None), ('series__isnull', False)), _connector='OR'), name='meetups_sponsor_of_one'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='meetups_sponsor_has_name'), models.CheckConstraint(condition=models.Q(models.Q(('logo', ''), ('logo_format', ''), ('logo_height', None), ('logo_ref', None), ('logo_width', None)), models.Q(models.Q(('logo', ''), _negated=True), ('logo_format__in', ['PNG', 'JPEG', 'WEBP']), ('logo_ref__isnull', False), ('logo_height__isnull', False), ('logo_width__isnull', False)), _connector='OR'), name='meetups_sponsor_logo_whole_or_none')],
            },
        ),
        migrations.RunPython(carry_over, carry_back),
    ]
