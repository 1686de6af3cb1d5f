"""Everybody holds the post that stands on their account. Once more changes nothing."""

from django.db import migrations

GIVE = """
    INSERT INTO agencies_posting (person_id, agency_id, role, post, given_at)
    SELECT id, agency_id, role, post, joined_at FROM agencies_user WHERE posting_id IS NULL;
    UPDATE agencies_user u SET posting_id = p.id
      FROM agencies_posting p WHERE p.person_id = u.id AND u.posting_id IS NULL;
    INSERT INTO agencies_posting_areas (posting_id, area_id)
    SELECT u.posting_id, a.area_id FROM agencies_user_areas a JOIN agencies_user u ON u.id = a.user_id
        ON CONFLICT DO NOTHING;
"""
TAKE_BACK = """
    INSERT INTO agencies_user_areas (user_id, area_id)
    SELECT u.id, a.area_id FROM agencies_posting_areas a JOIN agencies_user u USING (posting_id)
        ON CONFLICT DO NOTHING;
    UPDATE agencies_user SET posting_id = NULL;
    DELETE FROM agencies_posting_areas;
    DELETE FROM agencies_posting;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_postings'),
    ]

    operations = [
        migrations.RunSQL(GIVE, TAKE_BACK),
    ]
