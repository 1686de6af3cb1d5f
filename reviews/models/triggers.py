"""What the database itself holds of signatures: writers of a review do not sign it.

Both rules look past row-level security, as the owner of the tables (`aar.inside`; the migration
`second_person` makes them SECURITY DEFINER): a team may be larger than what the signer can see.
"""

import pgtrigger

WAS = ("was", "text := coalesce(current_setting('aar.inside', true), '')")
REFUSE_THE_TEAM = """
    IF NEW.approved_by_id IS NOT DISTINCT FROM OLD.approved_by_id
        AND NEW.published_by_id IS NOT DISTINCT FROM OLD.published_by_id THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    IF EXISTS (
        SELECT 1 FROM reviews_member m WHERE m.review_id = NEW.id
            AND m.user_id IN (NEW.approved_by_id, NEW.published_by_id)
    ) THEN
        RAISE EXCEPTION 'review % is not signed by who wrote it', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_signed_by_a_second_person';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""
REFUSE_THE_SIGNER = """
    PERFORM set_config('aar.inside', 'yes', true);
    IF EXISTS (
        SELECT 1 FROM reviews_review r WHERE r.id = NEW.review_id
            AND NEW.user_id IN (r.approved_by_id, r.published_by_id)
    ) THEN
        RAISE EXCEPTION 'who signed review % does not join its team', NEW.review_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_signed_by_a_second_person';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""


class SignedByAnother(pgtrigger.Trigger):
    """A review is approved and published by people who are not on its team."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(name="signed_by_another", declare=[WAS], func=REFUSE_THE_TEAM)


class WritersDoNotSign(pgtrigger.Trigger):
    """Who has approved or published a review does not join its team afterwards."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(name="writers_do_not_sign", declare=[WAS], func=REFUSE_THE_SIGNER)
