"""Who may open what, written down: one row for each address of the house.

`tests/promises/test_who_may_open_what.py` holds the house against it.
"""

from collections.abc import Mapping

from stakeholders.roles import Role
from tests import people

KNUT = people.Post("knut", Role.SUPPLIER_LIAISON, "Knut", "Lie", organisation="Far Supply Ltd")
LENA = people.Post("lena", Role.CASE_HANDLER, "Lena", "Gone")
NOBODY = "anonymous"
ROLES = ("bram", "chidi", "dana", "ewa", "farid", "grace", "hana", "ivo")
"""Intake officer, handler, team lead, reviewer, human-rights lead, ethics board, auditor,
administrator: those who work at the desk."""
OUTSIDE = (NOBODY, KNUT.username, LENA.username)
"""A visitor, a supplier's liaison, and a handler whose account was closed."""
WHO = (*ROLES, *OUTSIDE)

OPENS, REFUSED, MISSING, WRONG_WAY = "200", "403", "404", "405"
SIGN_IN, LEADS_ON = "sign in", "leads on"
Row = Mapping[str, str]


def for_all(answer: str) -> Row:
    return dict.fromkeys(WHO, answer)


def for_(names: str, answer: str = OPENS, *, others: str = REFUSED) -> Row:
    """At the desk: `answer` to those named, something else to colleagues, sign-in to outsiders."""
    named = ROLES if names == "all" else names.split()
    at_the_desk = {name: answer if name in named else others for name in ROLES}
    return at_the_desk | dict.fromkeys(OUTSIDE, SIGN_IN)


def own(answer: str, *, visitor: str = SIGN_IN) -> Row:
    """About one's own sign-in: the same to everybody who has signed in, liaisons included."""
    return for_all(answer) | {NOBODY: visitor, LENA.username: visitor}


READERS = "bram chidi dana ewa farid grace"
CASES = f"{READERS} hana"
HISTORY = "chidi dana ewa farid grace hana"
CATALOGUE = f"{HISTORY} ivo"
PEOPLE = "farid hana ivo"

OTHERS = (
    "consent_answer",
    "consent_back",
    "consent_rate",
    "afraid",
    "bundle_answer",
    "bundle_back",
)
REMEDY_PAGES = ("answer", "answer_whole", "counter", "lasts", "verdict", "appeal")

PUBLIC: dict[str, Row] = {
    "root": for_all(LEADS_ON),
    "healthz": for_all(OPENS),
    "readyz": for_all(OPENS),
    "metrics": for_all(MISSING),
    **{
        f"openness:{name}": for_all(OPENS)
        for name in ("home", "scope", "procedure", "remedies", "safety", "help", "accessibility")
    },
    "openness:figures": for_all(OPENS),
    "openness:figures_csv": for_all(OPENS),
    "openness:leave": for_all(LEADS_ON),
    **{f"intake:{name}": for_all(OPENS) for name in ("start", "kept", "delete", "step")},
    # Staff have no more of an unsent account or of somebody's open case than anyone else.
    "intake:check": for_all(LEADS_ON),
    "intake:send": for_all(WRONG_WAY),
    "intake:receipt": for_all("410"),
    "tracking:enter": for_all(OPENS),
    **{
        f"tracking:{name}": for_all(LEADS_ON)
        for name in (
            *("case", "write", "withdraw", "contact", "proceedings", "routes", "file", "consent"),
            *REMEDY_PAGES,
        )
    },
    "tracking:close": for_all(WRONG_WAY),
    **dict.fromkeys((f"tracking:{name}" for name in OTHERS), for_all(WRONG_WAY)),
}

SIGNING_IN: dict[str, Row] = {
    "account_login": own(LEADS_ON, visitor=OPENS),
    "account_logout": own(OPENS),
    "account_inactive": for_all(OPENS),
    # The page says that nobody makes an account for themselves.
    "account_signup": own(LEADS_ON, visitor=OPENS),
    "account_email": own(LEADS_ON),
    "account_email_verification_sent": for_all(OPENS),
    "account_change_password": own(LEADS_ON),
    "account_set_password": own(OPENS),
    "account_reset_password": for_all(OPENS),
    "account_reset_password_done": for_all(OPENS),
    "account_reset_password_from_key": for_all(OPENS),
    "account_reset_password_from_key_done": for_all(OPENS),
    "account_confirm_login_code": own(LEADS_ON),
    "account_confirm_email": for_all(OPENS),
    "account_reauthenticate": own(REFUSED),
    "mfa_index": own(OPENS),
    "mfa_authenticate": own(LEADS_ON),
    "mfa_reauthenticate": own(REFUSED),
    "mfa_activate_totp": own(OPENS),
    "mfa_deactivate_totp": own(MISSING),
    "mfa_view_recovery_codes": own(MISSING),
    "mfa_generate_recovery_codes": own(OPENS),
    "mfa_download_recovery_codes": own(MISSING),
    "mfa_list_webauthn": own(OPENS),
    "mfa_add_webauthn": own(OPENS),
    "mfa_reauthenticate_webauthn": own(REFUSED),
    "mfa_remove_webauthn": own(MISSING),
    "mfa_edit_webauthn": own(MISSING),
    "mfa_login_webauthn": own(LEADS_ON),
    "socialaccount_login_cancelled": for_all(OPENS),
    "socialaccount_login_error": for_all("401"),
    "socialaccount_signup": for_all(SIGN_IN),
    "socialaccount_connections": own(OPENS),
    "openid_connect_login": for_all(MISSING),
    "openid_connect_callback": for_all(MISSING),
    **{
        f"desk/accounts/social/{old}/": for_all(LEADS_ON)
        for old in ("login/cancelled", "login/error", "signup", "connections")
    },
}

PRESSES_OF_THE_DESK = (
    "case_account case_do case_file case_address outbox_again outbox_all_again "
    "absence_note absence_end case_referral_do case_bundle_do case_elsewhere_do "
    "case_respondent_do case_duty_do "
    "channels_open_one channels_open_many"
)
FOR_SCREENING = ("case_do", "channels_open_one", "channels_open_many")
DESK: dict[str, Row] = {
    **dict.fromkeys(
        (f"admin:{name}" for name in PRESSES_OF_THE_DESK.split()), for_("all", WRONG_WAY)
    ),
    "admin:channels": for_("bram chidi dana ewa farid"),
    "admin:index": for_("all", LEADS_ON),
    "admin:queue": for_(CASES),
    "admin:case": for_(CASES),
    # The case of these tests is in screening: it has no remedy yet.
    "admin:case_remedy": for_(CASES, MISSING),
    "admin:case_take_share": for_("all", WRONG_WAY),
    "admin:case_history": for_(HISTORY),
    "admin:case_read_log": for_("farid hana"),
    "admin:read_log": for_("farid hana"),
    "admin:outbox": for_("ivo"),
    "admin:absences": for_("all"),
    "admin:tables": for_("all"),
    "admin:login": for_("all", LEADS_ON) | {KNUT.username: LEADS_ON},
    "admin:case_referrals": for_(CASES),
    # Nothing was referred, so there is no text of this name.
    "admin:case_referral_text": for_(READERS, MISSING),
    "admin:case_bundles": for_("chidi dana farid"),
    "admin:case_elsewhere": for_(CASES),
    "admin:case_respondent": for_(CASES),
    "admin:case_duties": for_(CASES),
    # Flags tell who somebody is: not for those who may not read the account.
    "admin:case_routes": for_(READERS),
    "admin:logout": for_("all", WRONG_WAY) | dict.fromkeys(OUTSIDE, LEADS_ON),
    "admin:password_change": for_("all", LEADS_ON),
    "admin:password_change_done": for_("all"),
    "admin:autocomplete": for_("", REFUSED),
    "admin:jsi18n": for_("all"),
    "admin:app_list": for_(CATALOGUE, others=MISSING),
    "desk/(?P<url>.*)$": for_("all", MISSING),
    "admin:auth_user_password_change": for_("ivo"),
}


SUPPLIERS: dict[str, Row] = {
    "suppliers:referrals": for_("", REFUSED) | {KNUT.username: OPENS},
    # There is none by this name; another supplier's would answer the same.
    "suppliers:referral": for_("", REFUSED) | {KNUT.username: MISSING},
    "suppliers:file": for_("", REFUSED) | {KNUT.username: MISSING},
    "suppliers:say": for_all(WRONG_WAY),
}


def table(name: str, *, seen: str, added: str, reverted: bool) -> dict[str, Row]:
    """The addresses of one table: nothing is ever deleted, and no old version comes back."""
    app, _, model = name.partition("_")
    rows = {
        f"admin:{name}_changelist": for_(seen),
        f"admin:{name}_add": for_(added),
        f"admin:{name}_history": for_(seen),
        f"admin:{name}_change": for_(seen),
        f"admin:{name}_delete": for_("", REFUSED),
        f"desk/{app}/{model}/<path:object_id>/": for_("all", LEADS_ON),
    }
    if reverted:
        rows[f"admin:{name}_simple_history"] = for_("all", MISSING)
    return rows


CATALOGUE_TABLES = (
    "stakeholders_mechanism stakeholders_dangerpair stakeholders_issue stakeholders_team "
    "stakeholders_organisation stakeholders_product stakeholders_suppliermechanism "
    "remedy_remedykind remedy_playbook remedy_partnerreadiness remedy_enableraction "
    "grievance_timelimit"
)
TABLES: dict[str, Row] = {
    "admin:stakeholders_mechanism_import": for_("farid ivo"),
    "admin:stakeholders_mechanism_export": for_("farid ivo"),
    "admin:remedy_enableraction_report": for_(CATALOGUE),
}
for _name in CATALOGUE_TABLES.split():
    TABLES |= table(_name, seen=CATALOGUE, added="farid ivo", reverted=True)
TABLES |= table("stakeholders_user", seen=PEOPLE, added="ivo", reverted=False)
TABLES |= table("stakeholders_membership", seen=PEOPLE, added="", reverted=False)

EXPECTED: dict[str, Row] = {**PUBLIC, **SIGNING_IN, **SUPPLIERS, **DESK, **TABLES}
PRESSED: dict[str, Row] = {
    # 422: the press itself is theirs, and this empty form says what is missing.
    "admin:case_account": for_(READERS, "422"),
    "admin:case_file": for_(READERS, MISSING),
    # 422: this empty form says what is missing. An auditor writes nothing.
    "admin:absence_note": for_(f"{READERS} ivo", "422"),
    "admin:absence_end": for_(f"{READERS} ivo", LEADS_ON),
    **{f"admin:{name}": for_("bram chidi dana ewa farid", "422") for name in FOR_SCREENING},
    "admin:case_address": for_("chidi dana farid", "422"),
    # Nothing is stuck, which is said on the page of the outbox.
    "admin:outbox_again": for_("ivo", LEADS_ON),
    "admin:outbox_all_again": for_("ivo", LEADS_ON),
    # Theirs to press, but there is no step of this name.
    "admin:case_referral_do": for_("chidi dana farid", MISSING),
    "admin:case_bundle_do": for_("chidi dana farid", MISSING),
    "admin:case_elsewhere_do": for_("chidi dana farid", MISSING),
    "admin:case_respondent_do": for_("chidi dana farid", MISSING),
    "admin:case_duty_do": for_("chidi dana farid grace", MISSING),
    # Nothing of the kind was asked for, which the page of the remedy says.
    "admin:case_take_share": for_("chidi dana farid", MISSING),
    "suppliers:say": for_("", REFUSED) | {KNUT.username: MISSING},
}


# --- the addresses -----------------------------------------------------------------------------
