"""What hangs from findings: read and written with the review, a file only by who sees it."""

from django.db import migrations

# Each is a part of the row that its column names.
PARTS = {
    "reviews_findingbody": ("reviews.findingbody", "finding_id", "reviews_finding"),
    "reviews_causelink": ("reviews.causelink", "cause_id", "reviews_finding"),
    "reviews_finding_other_categories": (
        *("reviews.finding_other_categories", "finding_id", "reviews_finding"),
    ),
    "reviews_capabilityrating_findings": (
        *("reviews.capabilityrating_findings", "capabilityrating_id", "reviews_capabilityrating"),
    ),
}
GUARD = """
CALL aar_guard_part('reviews_capabilityrating', 'reviews_review', 'review_id');
SELECT public.audit_capture_rows('reviews_capabilityrating', 'reviews.capabilityrating',
    'reviews.review', '{review_id,reviews_review}');
"""
FREE = "CALL aar_unguard('reviews_capabilityrating');"
GUARD_PART = """
CALL aar_guard_part('{table}', '{whole}', '{key}');
SELECT public.audit_capture_rows('{table}', '{label}', 'reviews.review',
    '{{{key},{whole},review_id,reviews_review}}');
"""
# Both locks: the finding, and the file, whose marking may be higher than the review's.
GUARD_EVIDENCE = """
CALL aar_guard('reviews_findingevidence',
    $$ (SELECT true FROM reviews_finding w WHERE w.id = reviews_findingevidence.finding_id)
        AND (SELECT true FROM incidents_evidence w
            WHERE w.id = reviews_findingevidence.evidence_id) $$);
-- A finding goes with its links to files, also with those that its remover may not see.
ALTER TABLE reviews_findingevidence ADD CONSTRAINT finding_evidence_of_a_finding
    FOREIGN KEY (finding_id) REFERENCES reviews_finding (id) ON DELETE CASCADE;
-- A part of the file and not of the review: who reads the one may not see the other.
SELECT public.audit_capture_rows('reviews_findingevidence', 'reviews.findingevidence',
    'incidents.evidence', '{evidence_id,incidents_evidence}');
"""
FREE_EVIDENCE = """
ALTER TABLE reviews_findingevidence DROP CONSTRAINT finding_evidence_of_a_finding;
CALL aar_unguard('reviews_findingevidence');
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0010_words_and_candour_guarded")]

    operations = [
        migrations.RunSQL(GUARD, FREE),
        *(
            migrations.RunSQL(
                GUARD_PART.format(table=table, label=label, key=key, whole=whole),
                f"CALL aar_unguard('{table}');",
            )
            for table, (label, key, whole) in PARTS.items()
        ),
        migrations.RunSQL(GUARD_EVIDENCE, FREE_EVIDENCE),
    ]
