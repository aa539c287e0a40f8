"""Who reaches what of the API: the other half of `access.py`."""

from tests.house.access import EVERYBODY, EVIDENTLY, LOGGED_IN, NOT_EVIDENTLY

# The API, for the cast with a token of every scope: who reads what; its acts ask the same rights as the pages'.
API = f"""
v1:openapi     | handled | {EVERYBODY}
v1:docs        | handled | {EVERYBODY}
v1:procedures  | handled | {EVERYBODY}
v1:procedure   | handled | {EVERYBODY}
v1:case        | handled | {EVERYBODY}
v1:find_offices | handled | {EVERYBODY}
v1:dossiers    | handled | {LOGGED_IN}
v1:inbox       | handled | {LOGGED_IN}
v1:me          | handled | {LOGGED_IN}
v1:dossier     | handled | lan {EVIDENTLY} | {NOT_EVIDENTLY}
v1:download    | handled | lan {EVIDENTLY} | {NOT_EVIDENTLY}
v1:petition_rows | handled | {LOGGED_IN}
v1:petition    | handled | thanh tuan quang
v1:unknown     | handled |
"""
API_ASKED = {
    "v1:report",
    "v1:statutory_form",
    "v1:members",
    "v1:ratings_report",
    "v1:petitions_report",
    "v1:closes",
    "v1:close",
    "v1:close_differences",
    "v1:close_dossiers",
    "v1:index_766",
    "v1:index_failing",
    "v1:nine_indices",
}  # they answer by the asker's own scope: see the API's own tests
API_ACTS = """
confirm found accept ask_at_intake answer_at_intake refuse_intake redirect forward send_back ask_supplement
ask_supplement_again end_unanswered ask_financial_duty record_financial_duty
give_at_once
answer_supplement receive_supplement extend approve refuse_result finish sign_result withdraw stop hand_over restrict
upload track
rate send_petition track_petition petition_act
propose_correction propose_date correct_result reopen correct_date refuse_correction
note_attempt
open_parts take_part propose_part finish_part return_part assign_part drop_part extend_part
charge_fee exempt_fee take_fee refund_fee cancel_receipt
consult answer_consultation drop_consultation
plan_verification move_verification record_verification cancel_verification
"""
