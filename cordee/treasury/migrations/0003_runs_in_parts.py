import django.db.models.deletion
from django.db import migrations, models

from cordee.toolkit.triggers import AppendOnly


class AppendOnlyAgain(AppendOnly):
    """SQLite makes the table anew when a column changes, and its triggers go with the old one.

    It stands first and last, so that the trigger is there whichever way the migration runs.
    """

    def sql(self, vendor):
        return [*self.undo(vendor), *super().sql(vendor)]

    def database_backwards(self, *args):
        self.database_forwards(*args)


FROZEN = ("claim_line_submitted", "treasury_claimline", "OLD.submission_id IS NOT NULL")


class Migration(migrations.Migration):
    """A run is computed part by part, and a claim keeps what it was found to lack; fewer indexes on the lines."""

    dependencies = [
        ('meetings', '0002_triggers'),
        ('treasury', '0002_triggers'),
    ]

    operations = [
        AppendOnlyAgain(*FROZEN),
        migrations.CreateModel(
            name='RunPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('attendances', models.PositiveIntegerField()),
                ('round', models.SmallIntegerField(default=-1)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('sums', models.JSONField(default=dict)),
            ],
        ),
        migrations.RemoveIndex(
            model_name='claimline',
            name='claim_line_by_run',
        ),
        migrations.AddField(
            model_name='claim',
            name='flags',
            field=models.JSONField(default=dict, help_text='{code: attendances}, those that only have a notice included'),
        ),
        migrations.AddField(
            model_name='claim',
            name='is_pending',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='claim',
            name='notices',
            field=models.JSONField(default=dict, help_text='Attendance without a line: {code: {count, cents (estimate)}}'),
        ),
        migrations.AddField(
            model_name='claimline',
            name='adjusts',
            field=models.BooleanField(default=False, verbose_name='ajustement'),
        ),
        migrations.AddField(
            model_name='claimline',
            name='halves',
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='claimline',
            name='rate_key',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='claimrun',
            name='as_of',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='claimrun',
            name='recomputed',
            field=models.PositiveIntegerField(default=0, verbose_name='présences recalculées'),
        ),
        migrations.AddField(
            model_name='claimrun',
            name='round',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='claimrun',
            name='touched_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='claimline',
            name='claim',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='treasury.claim'),
        ),
        migrations.AlterField(
            model_name='claimline',
            name='run',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='treasury.claimrun'),
        ),
        migrations.AlterField(
            model_name='claimline',
            name='submission',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='treasury.submission'),
        ),
        migrations.AddIndex(
            model_name='claimline',
            index=models.Index(fields=['run', 'person_id'], name='claim_line_by_run'),
        ),
        migrations.AddIndex(
            model_name='claimline',
            index=models.Index(condition=models.Q(('submission__isnull', False)), fields=['submission', 'person_id'], name='claim_line_by_submission'),
        ),
        migrations.AddField(
            model_name='runpart',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='treasury.claimrun'),
        ),
        migrations.AddConstraint(
            model_name='runpart',
            constraint=models.UniqueConstraint(fields=('run', 'first'), name='run_part_once'),
        ),
        AppendOnlyAgain(*FROZEN),
    ]
