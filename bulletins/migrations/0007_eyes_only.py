"""Products marked EYES are for their owner and whom they were released to."""

from django.db import migrations

MAKE = """
CALL aar_guard_eyes('bulletins_bulletin', 'bulletins_release', 'bulletin_id',
    alive => 's.recalled_at IS NULL');
CALL aar_guard_eyes('bulletins_brief');
"""
DROP = """
DROP POLICY eyes_only ON bulletins_brief;
DROP POLICY eyes_only ON bulletins_bulletin;
"""


class Migration(migrations.Migration):
    dependencies = [("agencies", "0010_eyes_only"), ("bulletins", "0006_second_person")]

    operations = [migrations.RunSQL(MAKE, DROP)]
