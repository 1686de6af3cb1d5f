"""A crowd of incidents in no order of days, as varied as those of a real register.

Two agencies, four markings, kinds, targets and groups of unequal frequency, English and Urdu words,
two counts each. Written by SQL: nothing watches, and what is kept beside them is made afterwards.
"""

from django.db import connection

from aar.examples.people import person
from aar.ownership import as_owner
from agencies.choices import Role

WATCHED = ("incidents_incident", "incidents_casualtycount")
INCIDENTS = """
    INSERT INTO incidents_incident (agency_id, tlp, classification, caveats, is_example, reference,
        title, title_ur, summary, when_note, on_date, sort_date, precision, at_time, area_id,
        district_id, province_id, place_text, police_station, place_precision, attack_type, suicide,
        delivery, target_type, target_text, group_named, was_foiled, hazards, occasion,
        agencies_on_scene, official_review_known, withdrawn_because, lock_version, recorded_at,
        recorded_by_id, origin, reporter)
    SELECT CASE WHEN n %% 10 < 6 THEN %(agency)s ELSE %(other)s END,
        (ARRAY['GREEN', 'AMBER', 'GREEN', 'AMBER_STRICT', 'GREEN'])[n %% 5 + 1],
        (ARRAY['UNMARKED', 'RESTRICTED', 'RESTRICTED'])[n %% 3 + 1], '{}', false,
        'INC-CROWD-' || lpad(n::text, 7, '0'),
        (ARRAY['Explosion', 'Shooting', 'Suicide blast', 'Grenade thrown', 'Ambush', 'Rocket fire',
            'Kidnapping', 'Mortar fire'])[h %% 8 + 1] || ' near a '
            || (ARRAY['market', 'mosque', 'police station', 'school', 'checkpost', 'bus stand',
                'bank', 'shrine', 'hospital', 'railway track', 'gas pipeline', 'court',
                'levies post', 'polling station', 'bazaar', 'church', 'college', 'press club',
                'hotel', 'convoy'
                ])[(h / 8) %% 20 + 1] || ' in ' || a.name || ', file ' || left(md5(n::text), 5),
        CASE WHEN n %% 4 = 0 THEN a.name_ur || ' میں سیکیورٹی فورسز پر حملہ' ELSE '' END, '', '',
        day, day, CASE WHEN n %% 3 = 0 THEN 'MINUTE' ELSE 'DAY' END,
        CASE WHEN n %% 3 = 0 THEN time '00:00' + n %% 1440 * interval '1 minute' END,
        a.id, a.id, a.province_id, CASE WHEN n %% 2 = 0 THEN 'Street ' || n %% 997 ELSE '' END, '',
        'DISTRICT', (ARRAY['3', '2', '3', '1', '6', '3', '2', '9', '4', '7'])[(h / 160) %% 10 + 1],
        (ARRAY['NO', 'UNKNOWN', 'NO', 'YES', 'NO'])[(h / 1600) %% 5 + 1], 'UNK',
        (ARRAY['14', '3', '4', '2', '1', '15', '20', '7', '8', '19'])[(h / 8000) %% 10 + 1], '',
        CASE WHEN n %% 5 < 2
            THEN 'Group ' || chr(65 + (h / 32) %% 26) || chr(65 + (h / 832) %% 26) ELSE '' END,
        false, '', CASE WHEN n %% 40 = 0
            THEN (ARRAY['friday', 'election', 'ashura'])[h %% 3 + 1] ELSE '' END,
        '', false, '', 1, now(), %(person)s, '', ''
    FROM (SELECT n, abs(hashtext(n::text)) AS h,
            date '1995-01-01' + (n::bigint * 7919 %% 11000)::int AS day
        FROM generate_series(%(first)s, %(last)s) n) numbers
    JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS places
        FROM places_area WHERE level = 'DISTRICT') a ON a.place = (h / 7) %% a.places
"""
COUNTS = """
    INSERT INTO incidents_casualtycount (incident_id, "group", state, best, is_out_of_order, as_of,
        as_of_text, position, reported_by, note, recorded_at, recorded_by_id)
    SELECT i.id, 'victims', state, floor(exp(abs(hashtext(i.id || state)) %% 1000 / 200.0) - 1),
        false, i.on_date, '', 0, '', '', now(), i.recorded_by_id
    FROM incidents_incident i CROSS JOIN unnest(ARRAY['killed', 'injured']) state
    WHERE i.reference BETWEEN %(from)s AND %(to)s
"""
BESIDE = """
    DO $do$ BEGIN
        FOR k IN 0..(SELECT max(id) / 10000 FROM incidents_incident) LOOP
            PERFORM incidents_keep_words(ARRAY(SELECT i.id FROM incidents_incident i
                WHERE i.id BETWEEN k * 10000 AND k * 10000 + 9999 AND NOT EXISTS (
                    SELECT 1 FROM incidents_words w WHERE w.incident_id = i.id)));
        END LOOP;
    END $do$;
    SELECT incidents_count_anew();
"""


def gather(have: int, size: int) -> None:
    """Raise a crowd of `have` incidents to `size`."""
    officer, other = (person(code, Role.INVESTIGATOR) for code in ("BL-POLICE", "KP-POLICE"))
    numbers = {
        "agency": officer.agency_id,
        "other": other.agency_id,
        "person": officer.pk,
        "first": have + 1,
        "last": size,
    }
    ends = {"from": f"INC-CROWD-{have + 1:07d}", "to": f"INC-CROWD-{size:07d}"}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aar.inside', 'yes', false)")
        for table in WATCHED:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(INCIDENTS, numbers)
        cursor.execute(COUNTS, ends)
        cursor.execute(BESIDE)
        for table in WATCHED:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("VACUUM ANALYZE")
