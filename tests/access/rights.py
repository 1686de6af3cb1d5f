"""Who may open which page and do which deed, written from the design and docs/access.md.

Beside the oracle, which says who may read which record. Like it, this shares no line with the
product. What is not named here is for everybody who has signed in.
"""

from tests.access.oracle import cleared, may_read

WRITERS = {"INVESTIGATOR"}
SETTLERS = {"INVESTIGATOR", "COMMANDER"}
JUDGES = {"COMMANDER"}
EDITORS = {"RELEASE_OFFICER", "AGENCY_ADMIN"}
SENDERS = {"COMMANDER", *EDITORS}
DRAWERS = {"INVESTIGATOR", *SENDERS}
# Who answers for where an agency's records go, and is the second person for it.
SECONDS = SENDERS
KEEPERS = {"SYSTEM_ADMIN", "AGENCY_ADMIN"}
LOOKERS = {"AUDITOR", "AGENCY_ADMIN"}

PUBLIC = {"healthz", "readyz", "sign_in", "sign_in_factor", "sign_out", "set_language", "kit"}
PUBLIC |= {"openid_connect_login", "openid_connect_callback"}
PUBLIC |= {"saml_login", "saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata"}
PUBLIC |= {"public:public_list", "public:public_detail", "public:public_pdf", "public:feed"}
PUBLIC |= {"notices:stop"}
PUBLIC |= {"verify:verify", "verify:verify_code", "verify:certificate"}
LOADERS = {"INVESTIGATOR", "AGENCY_ADMIN"}
PAGES = {
    "incidents:import_list": LOADERS,
    "incidents:import_add": LOADERS,
    "incidents:incident_record": WRITERS,
    "reviews:offline_upload": WRITERS,
    "reviews:offline_form": WRITERS,
    "lessons:lesson_draw": DRAWERS,
    "bulletins:bulletin_compose": EDITORS,
    "bulletins:bulletin_preview": EDITORS,
    "bulletins:job_list": KEEPERS,
    "bulletins:overdue_list": {*SENDERS, "AUDITOR"},
    "bulletins:export_list": EDITORS,
    "bulletins:export_create": EDITORS,
    "person_list": KEEPERS,
    "person_add": KEEPERS,
    "group_list": {"SYSTEM_ADMIN"},
    "group_add": {"SYSTEM_ADMIN"},
    "audit:event_list": LOOKERS,
    "audit:seal_list": LOOKERS,
    "audit:event_csv": LOOKERS,
    "audit:event_lines": LOOKERS,
}
# Deeds of the owner agency, by role. `team`: of those who write the review; `judge`: not of them.
OWN = {
    **dict.fromkeys(
        (
            *(
                "incident_change",
                "incident_occasion",
                "count_add",
                "source_add",
                "claim_add",
                "dispute_add",
            ),
            *("account_add", "fact_add", "log_add", "question_add", "evidence_add"),
            *("relation_add", "relation_refuse", "relation_take_back", "evidence_attach"),
            "evidence_detach",
            *("alert_add", "plan_add", "weapon_add", "attackers_add", "response_add"),
            *("fir_add", "arrest_add", "forensic_add"),
            *("particular_correct", "particular_withdraw"),
        ),
        WRITERS,
    ),
    **dict.fromkeys(("dispute_settle", "evidence_hand_over", "evidence_withdraw"), SETTLERS),
    **dict.fromkeys(("incident_withdraw", "incident_put_back", "figure_adopt"), SETTLERS),
    "incident_share": SENDERS,
    **dict.fromkeys(("review_return", "review_approve"), JUDGES),
    "review_publish": {"COMMANDER", "RELEASE_OFFICER"},
    **dict.fromkeys(("agency_ask", "notice_give", "reply_enter"), SETTLERS),
    **dict.fromkeys(("lesson_change", "lesson_merge", "lesson_identify"), DRAWERS),
    **dict.fromkeys(("lesson_endorse", "lesson_reject"), JUDGES),
    **dict.fromkeys(("bulletin_edit", "bulletin_retry", "copy_trace", "edition_begin"), EDITORS),
    **dict.fromkeys(("bulletin_issue", "release_create", "release_recall"), SECONDS),
    "incident_widen": {"INVESTIGATOR", *SECONDS},
    **dict.fromkeys(("widening_grant", "widening_refuse"), SECONDS),
    "brief_retry": DRAWERS,
}
ANY_AGENCY = {
    "review_open": WRITERS,
    "offline_form_of": WRITERS,
    "brief_create": DRAWERS,
    "consent_ask": DRAWERS,
}
TEAM = {"review_members", "review_submit", "section_edit", "section_autosave", "row_add"}
TEAM |= {"candour_page", "candour_invite", "theme_write", "theme_change", "theme_show"}
TEAM |= {"row_change", "row_remove", "reviews:account_add", "comment_answer", "review_amend"}
TEAM |= {"entries_paste", "entry_evidence"}
TEAM |= {"finding_body_add", "finding_cause_add", "finding_file_add"}
TEAM |= {"row_change", "row_remove", "reviews:account_add", "debrief_edit", "chapters_edit"}
TEAM |= {"debrief_autosave"}
TEAM |= {"row_change", "row_remove", "reviews:account_add"}
TEAM |= {"section_earlier", "draft_keep", "draft_drop", "present", "presence"}
TEAM |= {"review-section", "review-line-kinds", "review-lines", "review-line"}


def may_open(person, target):
    """Whether what the address names is there for this person (None: nobody has signed in)."""
    if person is None:
        return False
    own = person.agency == target.agency
    keeper = person.role == "SYSTEM_ADMIN"
    manages = keeper or (own and person.role == "AGENCY_ADMIN")
    answer = {
        "person": lambda: manages,
        "own": lambda: person.number == target.person,
        "factors_of": lambda: manages and person.number != target.person,
        "group_page": lambda: keeper,
        "job": lambda: manages,
        "group": lambda: keeper or target.number in person.groups,
        "deed": lambda: own and person.role in LOOKERS,
        "reference": lambda: True,
        "category": lambda: keeper,
        "import": lambda: own and (person.number == target.person or person.role == "AGENCY_ADMIN"),
        "export": lambda: own and person.number == target.person,
        "notice": lambda: (
            may_read(person, target.record)
            or (
                person.agency == target.person
                and person.role == "COMMANDER"
                and cleared(person, target.record)
            )
        ),
        # Whom it names; and who invited or hears them sees that it is there, and no page of it.
        "invitation": lambda: person.number == target.person,
        "statement": lambda: person.number == target.person,
        "mapping": lambda: own and person.role in LOADERS,
        "widening": lambda: own and (may_read(person, target.record) or decides(person, target)),
        "consent": lambda: person.agency == target.person or (own and person.role in SECONDS),
    }.get(target.kind, lambda: target.record is not None and may_read(person, target.record))
    return answer()


def decides(person, target):
    """Whether the person may say how far this record of their agency goes."""
    return person.role in SECONDS and cleared(person, target.record)


def may_do(person, name, record):
    """Whether the deed may be theirs at all; in which state of the record, is not asked here."""
    short = name.rpartition(":")[2]
    if short in ANY_AGENCY:
        return person.role in ANY_AGENCY[short]
    if name in TEAM or (record.kind == "review" and short in TEAM | {"account_add"}):
        return person.number in record.team
    if short not in OWN:
        return True
    judged = short in {"review_return", "review_approve", "review_publish"}
    by_role = person.role in OWN[short] and not (judged and person.number in record.team)
    return person.agency == record.agency and by_role
