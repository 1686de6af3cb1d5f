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


# Once a review has left its team's hands, somebody can be asked for each recommendation on a day.
REFUSE_OWNERLESS = """
    IF EXISTS (
        SELECT 1 FROM reviews_recommendation r WHERE r.review_id = NEW.id
            AND (r.owner_post = '' OR (r.due_date IS NULL AND r.done_date IS NULL))
    ) THEN
        RAISE EXCEPTION 'a recommendation of review % has no owner or no day', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_owned_once_issued';
    END IF;
    RETURN NEW;
"""
REFUSE_TO_DISOWN = """
    IF EXISTS (
        SELECT 1 FROM reviews_review w WHERE w.id = NEW.review_id
            AND w.state NOT IN ('DRAFT', 'RETURNED')
    ) THEN
        RAISE EXCEPTION 'recommendation % has no owner or no day', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recommendation_owned_once_issued';
    END IF;
    RETURN NEW;
"""


# A heavier review is laid before the commander with a facilitator outside the chain reviewed.
REFUSE_WITHOUT_FACILITATOR = """
    IF NEW.state <> 'SUBMITTED' OR OLD.state = 'SUBMITTED' OR NEW.tier = 'T1' THEN
        RETURN NEW;
    END IF;
    PERFORM set_config('aar.inside', 'yes', true);
    IF NOT EXISTS (
        SELECT 1 FROM reviews_member m
            WHERE m.review_id = NEW.id AND m.role = 'FACILITATOR' AND m.in_chain IS FALSE
                AND m.user_id <> NEW.lead_id
    ) THEN
        RAISE EXCEPTION 'review % has no facilitator', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'review_is_facilitated';
    END IF;
    PERFORM set_config('aar.inside', was, true);
    RETURN NEW;
"""


# A hot debrief is short by design; the sixth finding asks for a heavier review. As in
# `rules.HOT_DEBRIEF_FINDINGS`.
REFUSE_THE_SIXTH = """
    IF TG_OP = 'UPDATE' AND NEW.review_id = OLD.review_id THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM reviews_review w WHERE w.id = NEW.review_id AND w.tier = 'T1')
        AND (SELECT count(*) FROM reviews_finding f WHERE f.review_id = NEW.review_id) >= 5
    THEN
        RAISE EXCEPTION 'hot debrief % has as many findings as it takes', NEW.review_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hot_debrief_is_short';
    END IF;
    RETURN NEW;
"""
REFUSE_TO_SHRINK = """
    IF (SELECT count(*) FROM reviews_finding f WHERE f.review_id = NEW.id) > 5 THEN
        RAISE EXCEPTION 'review % has more findings than a hot debrief takes', NEW.reference
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hot_debrief_is_short';
    END IF;
    RETURN NEW;
"""
REFUSE_TO_THIN = """
    IF aar_inside() THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;
"""


class ShortWhileHot(pgtrigger.Trigger):
    """A hot debrief takes five findings."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(name="short_while_hot", func=REFUSE_THE_SIXTH)


class ShrinksToFit(pgtrigger.Trigger):
    """A review becomes a hot debrief only with as many findings as that takes."""

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(
            name="shrinks_to_fit",
            condition=pgtrigger.Condition("NEW.tier = 'T1' AND OLD.tier IS DISTINCT FROM NEW.tier"),
            func=REFUSE_TO_SHRINK,
        )


class ThinnedByTheMachine(pgtrigger.Trigger):
    """Nobody takes out what was said before; `reviews_thin_wordings` alone thins it."""

    when = pgtrigger.Before
    operation = pgtrigger.Delete

    def __init__(self) -> None:
        super().__init__(name="thinned_by_the_machine", func=REFUSE_TO_THIN)


class FacilitatedFirst(pgtrigger.Trigger):
    """A T2 or T3 is submitted with a facilitator, who is outside the chain and not its lead."""

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(name="facilitated_first", declare=[WAS], func=REFUSE_WITHOUT_FACILITATOR)


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


class LeavesWithOwners(pgtrigger.Trigger):
    """A review is submitted only when each recommendation has an owner and a day."""

    when = pgtrigger.Before
    operation = pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(
            name="leaves_with_owners",
            condition=pgtrigger.Condition(
                "OLD.state IS DISTINCT FROM NEW.state AND NEW.state NOT IN ('DRAFT', 'RETURNED')"
            ),
            func=REFUSE_OWNERLESS,
        )


class OwnedOnceIssued(pgtrigger.Trigger):
    """Outside a draft, a recommendation has an owner and a day."""

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self) -> None:
        super().__init__(
            name="owned_once_issued",
            condition=pgtrigger.Condition(
                "NEW.owner_post = '' OR (NEW.due_date IS NULL AND NEW.done_date IS NULL)"
            ),
            func=REFUSE_TO_DISOWN,
        )
