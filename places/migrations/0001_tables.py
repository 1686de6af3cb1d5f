"""The tables of this room, with what must be true of their rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('places', '0001_initial'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=20)),
                ('version', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=60)),
                ('level', models.CharField(choices=[('PROVINCE', 'Province'), ('DIVISION', 'Division'), ('DISTRICT', 'District'), ('TEHSIL', 'Tehsil')], max_length=10, verbose_name='level')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('name_ur', models.CharField(blank=True, max_length=100, verbose_name='name in Urdu')),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('shape', models.JSONField(blank=True, null=True)),
                ('valid_from', models.DateField(blank=True, null=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('source', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.area')),
                ('province', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='areas_of_province', to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'name'], name='area_by_level'), models.Index(fields=['province', 'level', 'name'], name='area_in_province')],
                'constraints': [models.UniqueConstraint(fields=('scheme', 'version', 'code'), name='area_key'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'PROVINCE'), ('parent', None), ('province', None)), models.Q(models.Q(('level', 'PROVINCE'), _negated=True), ('parent__isnull', False), ('province__isnull', False)), _connector='OR'), name='area_below_province_has_parents'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='area_centroid_on_earth'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_from', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='area_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='AreaAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alias', models.CharField(max_length=100)),
                ('seen_in', models.CharField(blank=True, max_length=200)),
                ('is_ambiguous', models.BooleanField(default=False)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['alias'], name='alias_by_word')],
                'constraints': [models.UniqueConstraint(fields=('area', 'alias'), name='alias_once_an_area')],
            },
        ),
    ]
