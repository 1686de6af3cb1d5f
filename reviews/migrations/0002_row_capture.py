"""The record notes each change of the rows of this room."""

from django.db import migrations

# Each change of these rows leaves an event, whoever makes it and by whatever way.
CAPTURED = {
    "reviews_review": (
        "SELECT public.audit_capture_rows('reviews_review', 'reviews.review')"
    ),
    "reviews_failurecategory": (
        "SELECT public.audit_capture_rows('reviews_failurecategory', 'reviews.failurecategory')"
    ),
    "reviews_recommendationcategory": (
        "SELECT public.audit_capture_rows('reviews_recommendationcategory', 'reviews.recommendationcategory')"
    ),
    "reviews_reviewshare": (
        "SELECT public.audit_capture_rows('reviews_reviewshare', 'reviews.reviewshare', 'reviews.review', '{record_id,reviews_review}')"
    ),
    "reviews_member": (
        "SELECT public.audit_capture_rows('reviews_member', 'reviews.member', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_section": (
        "SELECT public.audit_capture_rows('reviews_section', 'reviews.section', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_finding": (
        "SELECT public.audit_capture_rows('reviews_finding', 'reviews.finding', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_recommendation": (
        "SELECT public.audit_capture_rows('reviews_recommendation', 'reviews.recommendation', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_dissent": (
        "SELECT public.audit_capture_rows('reviews_dissent', 'reviews.dissent', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_signoff": (
        "SELECT public.audit_capture_rows('reviews_signoff', 'reviews.signoff', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_reviewversion": (
        "SELECT public.audit_capture_rows('reviews_reviewversion', 'reviews.reviewversion', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_plannedmeasure": (
        "SELECT public.audit_capture_rows('reviews_plannedmeasure', 'reviews.plannedmeasure', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_networkrole": (
        "SELECT public.audit_capture_rows('reviews_networkrole', 'reviews.networkrole', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_timelineentry": (
        "SELECT public.audit_capture_rows('reviews_timelineentry', 'reviews.timelineentry', 'reviews.review', '{review_id,reviews_review}')"
    ),
    "reviews_account": (
        "SELECT public.audit_capture_rows('reviews_account', 'reviews.account', 'reviews.review', '{entry_id,reviews_timelineentry,review_id,reviews_review}')"
    ),
    "reviews_recommendation_findings": (
        "SELECT public.audit_capture_rows('reviews_recommendation_findings', 'reviews.recommendation_findings', 'reviews.review', '{recommendation_id,reviews_recommendation,review_id,reviews_review}')"
    ),
}
RELEASE = """
DROP TRIGGER IF EXISTS audit_added ON public.{0};
DROP TRIGGER IF EXISTS audit_changed ON public.{0};
DROP TRIGGER IF EXISTS audit_removed ON public.{0};
"""


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0006_never_wider"),
    ]
    dependencies = [
        ("reviews", "0001_tables"),
        ("audit", "0002_row_capture"),
    ]

    operations = [
        migrations.RunSQL(attach, RELEASE.format(table)) for table, attach in CAPTURED.items()
    ]
