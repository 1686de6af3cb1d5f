"""What the clock of a review has told whom; the machine writes it, nobody else."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


GUARD = """
-- What the machine must know of clocks, and nothing else; nobody else is told anything.
CREATE FUNCTION reviews_clocks(after bigint, most integer)
    RETURNS TABLE (review_id bigint, incident_id bigint, agency_id bigint, tier text,
        due_at timestamptz, deferred_until date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF aar_reader() <> 'machine' THEN RETURN; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT r.id, r.incident_id, r.agency_id, r.tier::text, r.due_at, r.deferred_until
        FROM reviews_review r JOIN incidents_incident i ON i.id = r.incident_id
        WHERE r.id > after AND r.state IN ('DRAFT', 'RETURNED') AND r.amends_id IS NULL
            AND i.withdrawn_at IS NULL
        ORDER BY r.id LIMIT most;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- Incidents whose own agency has begun no review, with the most victims that were reported killed.
CREATE FUNCTION reviews_unbegun(since date, after bigint, most integer)
    RETURNS TABLE (incident_id bigint, agency_id bigint, on_date date, until_date date,
        at_time time, recorded_at timestamptz, killed integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF aar_reader() <> 'machine' THEN RETURN; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT i.id, i.agency_id, i.on_date, i.until_date, i.at_time, i.recorded_at,
            coalesce((SELECT max(CASE WHEN coalesce(c.high, 0) > 0 THEN c.high
                    ELSE coalesce(c.best, c.low, c.high) END)
                FROM incidents_casualtycount c WHERE c.incident_id = i.id AND c.state = 'killed'
                    AND c."group" NOT IN ('perpetrator', 'not_told', 'everybody')), 0)::integer
        FROM incidents_incident i
        WHERE i.id > after AND i.sort_date >= since AND i.withdrawn_at IS NULL
            AND NOT EXISTS (SELECT FROM reviews_review r WHERE r.incident_id = i.id
                AND r.agency_id = i.agency_id AND r.amends_id IS NULL)
        ORDER BY i.id LIMIT most;
    PERFORM set_config('aar.inside', was, true);
END $$;

-- Reminders that stand though their clock runs no more.
CREATE FUNCTION reviews_reminders_ended(today date, since date) RETURNS TABLE (reminder_id bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    was constant text := coalesce(current_setting('aar.inside', true), '');
BEGIN
    IF aar_reader() <> 'machine' THEN RETURN; END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    RETURN QUERY SELECT m.id FROM reviews_reminder m
        JOIN incidents_incident i ON i.id = m.incident_id
        LEFT JOIN reviews_review r ON r.id = m.review_id
        WHERE m.over_at IS NULL AND (i.withdrawn_at IS NOT NULL
            OR (r.id IS NOT NULL
                AND (r.state NOT IN ('DRAFT', 'RETURNED') OR coalesce(r.deferred_until > today, false)))
            OR (r.id IS NULL AND (i.sort_date < since OR i.agency_id <> m.agency_id
                OR EXISTS (SELECT FROM reviews_review b WHERE b.incident_id = m.incident_id
                    AND b.agency_id = m.agency_id AND b.amends_id IS NULL))));
    PERFORM set_config('aar.inside', was, true);
END $$;

-- To the lead: read by the team. To the commanders: by them, with the incident, without the review.
CALL aar_guard('reviews_reminder',
    $$ (SELECT aar_reader()) = 'machine'
        OR (addressed_to = 'LEAD' AND review_id = ANY ((SELECT reviews_of_team())::bigint[]))
        OR (addressed_to = 'COMMANDERS' AND agency_id = (SELECT aar_agency())
            AND (SELECT aar_role()) = 'COMMANDER'
            AND (SELECT true FROM incidents_incident w WHERE w.id = reviews_reminder.incident_id)) $$,
    may_add => $$ (SELECT aar_reader()) = 'machine' $$,
    may_leave => $$ (SELECT aar_reader()) = 'machine' $$,
    may_remove => 'false');
SELECT public.audit_capture_rows('reviews_reminder', 'reviews.reminder');
"""
FREE = """
DROP TRIGGER IF EXISTS audit_added ON public.reviews_reminder;
DROP TRIGGER IF EXISTS audit_changed ON public.reviews_reminder;
DROP TRIGGER IF EXISTS audit_removed ON public.reviews_reminder;
CALL aar_unguard('reviews_reminder');
DROP FUNCTION reviews_reminders_ended(date, date);
DROP FUNCTION reviews_unbegun(date, bigint, integer);
DROP FUNCTION reviews_clocks(bigint, integer);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0004_act_in_a_post'),
        ('incidents', '0027_precisions'),
        ("reviews", "0013_filing_guarded"),
    ]

    operations = [
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('HALF', 'Half of the time is over'), ('FOUR_FIFTHS', 'Four fifths of the time are over'), ('DUE', 'The time is over'), ('WEEKLY', 'Overdue, said again each week'), ('ESCALATED', 'Overdue for a week, passed to the commanders')], max_length=11)),
                ('week', models.PositiveSmallIntegerField(default=0)),
                ('addressed_to', models.CharField(choices=[('LEAD', 'The lead of the review'), ('COMMANDERS', 'The commanders of the agency')], max_length=10)),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('at', models.DateTimeField()),
                ('over_at', models.DateTimeField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='incidents.incident')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='reviews.review')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('over_at', None)), fields=['agency', 'addressed_to'], name='reminder_standing')],
                'constraints': [models.UniqueConstraint(fields=('incident', 'agency', 'addressed_to', 'due_at', 'kind', 'week'), name='reminder_once'), models.UniqueConstraint(condition=models.Q(('over_at', None)), fields=('incident', 'agency', 'addressed_to'), name='reminder_newest_stands_alone'), models.CheckConstraint(condition=models.Q(('addressed_to__in', ['LEAD', 'COMMANDERS']), ('kind__in', ['HALF', 'FOUR_FIFTHS', 'DUE', 'WEEKLY', 'ESCALATED'])), name='reminder_codes_are_known', violation_error_message='This is no reminder.'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['WEEKLY', 'ESCALATED']), ('week__gte', 1)), models.Q(('kind__in', ['HALF', 'FOUR_FIFTHS', 'DUE']), ('week', 0)), _connector='OR'), name='reminder_weeks_after_it_was_due', violation_error_message='Weeks are counted from the day it was due.'), models.CheckConstraint(condition=models.Q(('review__isnull', False), ('addressed_to', 'COMMANDERS'), _connector='OR'), name='reminder_to_a_lead_has_its_review', violation_error_message='Only a review has a lead.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reminder',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='59aafe256f92b55864ff024b87d9f7380b50a9d5', operation='DELETE', pgid='pgtrigger_never_deleted_1886e', table='reviews_reminder', when='BEFORE')),
        ),
        migrations.RunSQL(GUARD, FREE),
    ]
