"""Who reaches which page: every route, where Lan's dossier stands then, and who gets the page.

On a row: route | where the dossier is | who gets it (200) | who is told that it is not theirs (403).
For everybody else of the cast the page does not exist (404); nobody is asked to log in, unless the row says `nobody`.
A method instead of a place means that the page is never read, only sent to: a GET is answered 405.
OFF: a way that the settings of the cast don't open, or a page of a machine in the hall (`portal.tests.test_kiosk`): the
page exists for nobody.
"""

from tests.house.access_hall import HALL

CITIZENS = "lan bay company"
COUNTER = "minh dung hien hanh"
JUSTICE = "hoa thanh tuan nga"
OFFICERS = f"{COUNTER} {JUSTICE} quang yen khang son"
LOGGED_IN = f"{CITIZENS} {OFFICERS}"
EVERYBODY = f"nobody {LOGGED_IN}"
CENTRE = "minh dung"
THEIRS = f"{CENTRE} {JUSTICE} quang"
NOT_CENTRE = f"{JUSTICE} quang"
# At their step, at their unit, or leading the authority; the others say why first.
EVIDENTLY = f"{CENTRE} hoa thanh tuan"
NOT_EVIDENTLY = "nga quang"

PAGES = f"""
healthz                    | handled        | {EVERYBODY} |
layout:preferences         | POST           | |
layout:design              | handled        | {EVERYBODY} |
portal:home                | handled        | {EVERYBODY} |
portal:news                | handled        | {EVERYBODY} |
portal:article             | handled        | {EVERYBODY} |
portal:rate_article        | POST           | |
portal:find                | handled        | {EVERYBODY} |
portal:suggest             | handled        | {EVERYBODY} |
portal:situation           | handled        | {EVERYBODY} |
portal:procedure           | handled        | {EVERYBODY} |
portal:suggest_units       | handled        | {EVERYBODY} |
portal:decisions           | handled        | {EVERYBODY} |
portal:papers_needed       | handled        | {EVERYBODY} |
portal:model_dossier       | handled        | {EVERYBODY} |
portal:login               | handled        | {EVERYBODY} |
portal:register            | handled        | {EVERYBODY} |
portal:forgot_password     | handled        | {EVERYBODY} |
portal:new_password        | handled        | {EVERYBODY} |
portal:confirm_contact     | handled        | {LOGGED_IN} |
portal:track               | handled        | {EVERYBODY} |
portal:identity_start      | OFF            | |
portal:identity_back       | OFF            | |
portal:identity            | OFF            | |
portal:passkey_login       | POST           | |
portal:passkey_challenge   | POST           | |
portal:passkeys            | handled        | {LOGGED_IN} |
portal:passkey_start       | POST           | |
portal:rename_passkey      | POST           | |
portal:remove_passkey      | POST           | |
portal:own_data            | handled        | {LOGGED_IN} |
portal:own_data_file       | handled        | {LOGGED_IN} |
portal:all_readers         | handled        | {LOGGED_IN} |
portal:ask_to_correct      | handled        | {LOGGED_IN} |
portal:act_as              | POST           | |
portal:organisations       | handled        | {LOGGED_IN} |
portal:register_organisation | POST         | |
portal:ask_organisation    | handled        | {LOGGED_IN} |
portal:organisation        | handled        | bay |
portal:end_mandate         | handled        | bay company |
portal:authorised          | handled        | {LOGGED_IN} |
portal:logout              | POST           | |
portal:account             | handled        | {LOGGED_IN} |
portal:notices             | handled        | {LOGGED_IN} |
portal:read_all            | POST           | |
portal:open_notice         | POST           | |
portal:notice_ways         | handled        | {LOGGED_IN} |
portal:draft_start         | handled        | {LOGGED_IN} |
portal:draft_owner         | handled        | lan |
portal:draft_papers        | handled        | lan |
portal:drop_paper          | POST           | |
portal:draft_vault         | handled        | lan |
portal:draft_review        | handled        | lan |
portal:discard_draft       | POST           | |
portal:helping             | handled        | {COUNTER} |
portal:helped              | handled        | minh |
portal:helped_submitted    | handled        | minh |
portal:dossiers            | handled        | {LOGGED_IN} |
portal:dossier             | handled        | lan |
portal:submitted           | handled        | lan |
portal:readers             | handled        | lan |
portal:answer              | supplement     | lan |
portal:withdraw            | handled        | lan |
portal:note_attempt        | hindered       | lan |
portal:paper               | handled        | lan |
portal:result              | finished       | lan |
portal:signatures          | finished       | lan |
portal:part_file           | joint_done     | lan |
portal:form                | finished       | lan |
portal:check               | handled        | {EVERYBODY} |
portal:code                | handled        | {EVERYBODY} |
portal:corrections         | handled        | {EVERYBODY} |
portal:sorry               | handled        | {EVERYBODY} |
portal:former_result       | corrected      | lan |
portal:pay                 | unpaid         | {EVERYBODY} |
portal:paid_receipt        | paid           | {EVERYBODY} |
portal:gateway_notice      | POST           | |
portal:rate                | finished       | {EVERYBODY} |
portal:send_petition       | handled        | {EVERYBODY} |
portal:follow_petition     | handled        | {EVERYBODY} |
portal:ask_question        | POST           | |
portal:petition_sent       | OFF            | |
portal:followed_petition   | OFF            | |
portal:published_petitions | handled        | {EVERYBODY} |
portal:statistics          | handled        | {EVERYBODY} |
portal:open_data           | handled        | {EVERYBODY} |
portal:open_data_file      | handled        | {EVERYBODY} |
portal:keys                | handled        | {EVERYBODY} |
portal:keys_json           | handled        | {EVERYBODY} |
counter:home               | handled        | {COUNTER} |
counter:supplements        | handled        | {COUNTER} |
counter:results            | handled        | {COUNTER} |
counter:find               | handled        | {COUNTER} |
counter:find_procedure     | handled        | {COUNTER} |
counter:take_in            | handled        | {COUNTER} |
counter:person             | POST           | |
counter:visit              | handled        | {COUNTER} |
counter:print_queue        | handled        | {COUNTER} |
counter:transfers          | handled        | {COUNTER} |
counter:transfers_to_take  | handled        | {OFFICERS} |
counter:transfer           | handled        | {CENTRE} {JUSTICE} |
counter:taken_in           | finished       | {CENTRE} |
counter:slip               | finished       | lan {CENTRE} | {NOT_CENTRE}
counter:issue_slip         | POST           | |
counter:rate               | finished       | {CENTRE} |
counter:petition           | handled        | {COUNTER} |
counter:petition_received  | handled        | minh |
counter:register           | handled        | {COUNTER} |
counter:accept             | submitted      | {CENTRE} | {NOT_CENTRE}
counter:ask_at_intake      | submitted      | {CENTRE} | {NOT_CENTRE}
counter:answer_at_intake   | pre_supplement | {CENTRE} | {NOT_CENTRE}
counter:refuse_intake      | submitted      | {CENTRE} | {NOT_CENTRE}
counter:redirect           | submitted      | {CENTRE} | {NOT_CENTRE}
counter:receive_supplement | supplement     | {CENTRE} | {NOT_CENTRE}
counter:note_attempt       | hindered       | {CENTRE} | {NOT_CENTRE}
counter:record_financial_duty | payment     | {CENTRE} | {NOT_CENTRE}
counter:duties             | payment        | {COUNTER} |
counter:give_at_once       | immediate      | tuan | {CENTRE} hoa thanh nga quang
counter:hand_over          | finished       | {CENTRE} | {NOT_CENTRE}
counter:withdraw           | handled        | {CENTRE} | {NOT_CENTRE}
counter:limits             | handled        | {COUNTER} quang yen |
counter:limit              | handled        | {COUNTER} quang yen |
counter:bill               | unpaid         | {CENTRE} thanh tuan | hoa nga quang
counter:take_fee           | unpaid         | {CENTRE} | {NOT_CENTRE}
counter:exempt_fee         | unpaid         | {CENTRE} | {NOT_CENTRE}
counter:charge_fee         | unsaid         | {CENTRE} | {NOT_CENTRE}
counter:refund_fee         | refund_due     | {CENTRE} | {NOT_CENTRE}
counter:cancel_receipt     | paid           | {CENTRE} | {NOT_CENTRE}
counter:receipt            | paid           | lan {CENTRE} thanh tuan | hoa nga quang
counter:fees               | unpaid         | {COUNTER} |
counter:cash_close         | paid           | {COUNTER} |
counter:cash_entries       | paid           | {COUNTER} |
counter:cash_xlsx          | paid           | {COUNTER} |
counter:online_payments    | paid           | {COUNTER} yen |
counter:give_back          | paid_twice     | {CENTRE} |
counter:write_receipt      | unreceipted    | {CENTRE} |
counter:receipt_books      | paid           | {COUNTER} |
counter:close_receipt_book | POST           | |
counter:settlement         | paid           | {COUNTER} |
counter:settlement_xlsx    | paid           | {COUNTER} |
counter:settlement_entries | paid           | {COUNTER} |
counter:post               | handled        | {COUNTER} |
counter:post_record        | handled        | {COUNTER} |
counter:parcel             | handled        | {CENTRE} |
desk:home                  | handled        | {OFFICERS} |
desk:dossier               | handled        | {THEIRS} |
desk:paper                 | handled        | {EVIDENTLY} | {NOT_EVIDENTLY}
desk:result                | finished       | {CENTRE} {JUSTICE} | quang
desk:restrict              | handled        | dung thanh tuan | minh hoa nga quang
desk:forward               | handled        | hoa thanh | {CENTRE} tuan nga quang
desk:send_back             | handled        | hoa thanh | {CENTRE} tuan nga quang
desk:ask_supplement        | handled        | hoa thanh tuan | {CENTRE} nga quang
desk:ask_supplement_again  | asked_once     | thanh tuan | {CENTRE} hoa nga quang
desk:ask_financial_duty    | handled        | hoa thanh tuan | {CENTRE} nga quang
desk:extend                | handled        | thanh tuan | {CENTRE} hoa nga quang
desk:approve               | approval       | tuan | {CENTRE} hoa thanh nga quang
desk:refuse_result         | approval       | tuan | {CENTRE} hoa thanh nga quang
desk:finish                | decided        | tuan nga | {CENTRE} hoa thanh quang
desk:sign_result           | finished       | tuan nga | {CENTRE} hoa thanh quang
desk:signatures            | finished       | {THEIRS} |
desk:sign_many             | handled        | tuan nga son hanh |
desk:end_unanswered        | unanswered     | thanh tuan | {CENTRE} hoa nga quang
desk:propose_correction    | finished       | dung {JUSTICE} | minh quang
desk:propose_date          | handled        | dung {JUSTICE} | minh quang
desk:corrections           | handled        | dung thanh tuan son |
desk:correct_result        | to_correct     | tuan | {CENTRE} hoa thanh nga quang
desk:reopen                | to_reopen      | tuan | {CENTRE} hoa thanh nga quang
desk:correct_date          | to_redate      | tuan | {CENTRE} hoa thanh nga quang
desk:refuse_correction     | to_correct     | thanh tuan | {CENTRE} hoa nga quang
desk:proposed_result       | to_correct     | {CENTRE} {JUSTICE} | quang
desk:former_result         | corrected      | {CENTRE} {JUSTICE} | quang
desk:consult               | handled        | hoa thanh tuan | {CENTRE} nga quang
desk:answer_consultation   | asked          | khang | {THEIRS}
desk:drop_consultation     | asked          | hoa thanh tuan | {CENTRE} nga quang khang
desk:opinion               | asked          | {EVIDENTLY} khang | {NOT_EVIDENTLY}
desk:plan_verification     | handled        | hoa thanh tuan | {CENTRE} nga quang
desk:move_verification     | asked          | hoa thanh tuan | {CENTRE} nga quang khang
desk:record_verification   | asked          | hoa thanh tuan | {CENTRE} nga quang khang
desk:cancel_verification   | asked          | hoa thanh tuan | {CENTRE} nga quang khang
desk:minutes               | asked          | {EVIDENTLY} khang | {NOT_EVIDENTLY}
desk:consultations         | handled        | hoa thanh tuan khang son |
desk:petitions             | handled        | {OFFICERS} |
desk:petition              | handled        | thanh tuan quang |
desk:petition_act          | handled        | thanh tuan quang |
desk:stop                  | handled        | thanh tuan | {CENTRE} hoa nga quang
desk:parts_waiting         | handled        | {OFFICERS} |
desk:open_parts            | joinable       | {CENTRE} hoa thanh tuan | nga quang
desk:take_part             | joined         | son | {THEIRS} hanh
desk:propose_part          | joined         | son | {THEIRS} hanh
desk:finish_part           | joined         | son | {THEIRS} hanh
desk:return_part           | joined         | son | {THEIRS} hanh
desk:extend_part           | joined         | son | {THEIRS} hanh
desk:drop_part             | joined         | thanh tuan | {CENTRE} hoa nga quang son hanh
desk:assign_part           | part_back      | hoa thanh tuan | {CENTRE} nga quang son hanh
desk:part_file             | part_done      | {EVIDENTLY} son | {NOT_EVIDENTLY} hanh
setup:give_login_code      | handled        | yen |
setup:identity_corrections | handled        | yen |
setup:identity_correction  | handled        | yen |
setup:organisations        | handled        | yen |
setup:organisation_request | handled        | yen |
setup:end_representation   | handled        | yen |
oversight:home             | handled        | dung quang |
oversight:report           | handled        | dung quang |
oversight:report_xlsx      | handled        | dung quang |
oversight:report_json      | handled        | dung quang |
oversight:statutory        | handled        | dung quang |
oversight:statutory_xlsx   | handled        | dung quang |
oversight:statutory_pdf    | handled        | dung quang |
oversight:statutory_json   | handled        | dung quang |
oversight:statutory_register | handled      | dung | quang
oversight:statutory_list   | handled        | dung quang |
oversight:statutory_list_xlsx | handled     | dung quang |
oversight:late_causes      | handled        | thanh tuan son |
oversight:late_cause       | handled        | thanh tuan |
oversight:closes           | handled        | dung quang |
oversight:close_period     | handled        | dung quang |
oversight:close            | handled        | dung quang |
oversight:close_json       | handled        | dung quang |
oversight:close_compare    | handled        | dung quang |
oversight:close_list       | handled        | dung quang |
oversight:bulletin         | handled        | dung quang |
oversight:bulletin_docx    | handled        | dung quang |
oversight:bulletin_pdf     | handled        | dung quang |
oversight:dossiers         | handled        | dung quang |
oversight:dossiers_xlsx    | handled        | dung quang |
oversight:late             | handled        | dung quang |
oversight:consultations    | asked          | dung quang |
oversight:offices          | handled        | dung quang |
setup:home                 | handled        | quang yen |
setup:regimes              | handled        | quang yen |
setup:parameter            | handled        | quang yen |
setup:propose              | handled        | quang yen |
setup:proposals            | handled        | quang yen |
setup:proposal             | handled        | quang yen |
setup:news                 | handled        | dung yen |
setup:write_article        | handled        | dung yen |
setup:edit_article         | handled        | dung yen |
setup:publish_article      | POST           | |
setup:withdraw_article     | handled        | dung yen |
setup:onsite               | handled        | quang yen |
setup:propose_onsite       | handled        | quang yen |
setup:onsite_proposal      | handled        | quang yen |
setup:outages              | handled        | quang yen |
setup:record_outage        | handled        | quang yen |
setup:outage               | handled        | quang yen |
setup:office_changes       | handled        | quang yen |
setup:propose_office_change | handled       | quang yen |
setup:office_change        | handled        | quang yen |
setup:groups               | handled        | quang yen |
setup:propose_group        | handled        | quang yen |
setup:group_proposal       | handled        | quang yen |
setup:powers               | handled        | {OFFICERS} |
setup:delegate             | handled        | dung thanh tuan son |
setup:absence              | handled        | {OFFICERS} |
setup:postings             | handled        | yen |
setup:post                 | handled        | yen |
setup:end_power            | POST           | |
setup:relatives            | handled        | {OFFICERS} |
setup:end_relative         | handled        | minh |
oversight:ratings          | finished       | dung quang |
oversight:ratings_xlsx     | finished       | dung quang |
oversight:ratings_json     | finished       | dung quang |
oversight:votes            | finished       | dung quang |
oversight:petitions        | handled        | dung quang |
oversight:petitions_xlsx   | handled        | dung quang |
oversight:petitions_json   | handled        | dung quang |
oversight:petition_list    | handled        | dung quang |
oversight:indices          | handled        | dung quang |
oversight:indices_xlsx     | handled        | dung quang |
oversight:indices_json     | handled        | dung quang |
oversight:index_list       | handled        | dung quang |
oversight:index_list_xlsx  | handled        | dung quang |
oversight:index_agencies   | finished       | dung quang |
oversight:index_agencies_xlsx | finished    | dung quang |
oversight:index_agencies_json | finished    | dung quang |
oversight:index_officers   | finished       | dung quang |
oversight:index_officers_xlsx | finished    | dung quang |
oversight:index_officers_json | finished    | dung quang |
oversight:index_sheet      | finished       | quang |
oversight:index_scored     | finished       | quang |
oversight:index_scored_xlsx | finished      | quang |
oversight:my_points        | finished       | {OFFICERS} |
oversight:my_scored        | finished       | {OFFICERS} |
oversight:index_tables     | handled        | dung quang yen |
oversight:propose_table    | handled        | quang yen |
oversight:table_proposal   | handled        | dung quang yen |
oversight:readings         | handled        | quang |
oversight:catalogue        | handled        | dung quang yen |
oversight:catalogue_deadlines | handled     | dung quang yen |
oversight:catalogue_processes | handled     | dung quang yen |
oversight:catalogue_process | handled       | dung quang yen |
oversight:catalogue_onsite | handled        | dung quang yen |
oversight:catalogue_reviews | handled       | dung quang yen |
oversight:catalogue_xlsx   | handled        | dung quang yen |
oversight:catalogue_procedure | handled     | dung quang yen |
oversight:catalogue_record | handled        | quang yen |
oversight:catalogue_proposal | handled      | quang yen |
oversight:catalogue_correct | handled       | quang yen |
oversight:parts            | handled        | dung quang |
oversight:parts_xlsx       | handled        | dung quang |
oversight:parts_json       | handled        | dung quang |
oversight:part_list        | handled        | dung quang |
oversight:catalogue_groups | handled        | dung quang yen |
oversight:series           | handled        | dung quang |
oversight:series_xlsx      | handled        | dung quang |
oversight:series_json      | handled        | dung quang |
oversight:series_list      | handled        | dung quang |
oversight:series_list_xlsx | handled        | dung quang |
oversight:known_data       | handled        | dung quang |
control:home               | handled        | dung quang |
control:board_list         | handled        | dung quang |
control:reminders          | handled        | dung quang |
control:reminder_list      | handled        | dung quang |
control:my_reminders       | handled        | {OFFICERS} |
control:reminder           | handled        | hoa thanh tuan quang |
control:remind_dossier     | handled        | dung quang |
control:remind_office      | handled        | quang |
control:late               | handled        | dung quang |
control:silent             | handled        | dung quang |
control:notices            | handled        | dung quang yen |
control:notice_again       | POST           | |
control:petition_routes    | handled        | dung quang |
control:silence_limits     | handled        | dung quang |
control:apologies          | handled        | dung quang |
control:apology_list       | handled        | dung quang |
control:activity           | handled        | dung quang |
control:quality            | handled        | dung quang |
control:likely             | handled        | dung quang |
control:load               | handled        | dung quang |
control:office_load        | handled        | dung quang |
control:lab                | handled        | dung quang |
control:lab_procedure      | handled        | dung quang |
""" + HALL.format(EVERYBODY=EVERYBODY, COUNTER=COUNTER)

# What a page is asked with, where it shows nothing without a question.
QUESTIONS = {
    "control:board_list": "?chitieu=in_hand",
    "control:reminder_list": "?chitieu=sent",
    "control:queue_list": "?chitieu=drawn",
    "control:apology_list": "?chitieu=late",
    "oversight:consultations": "?xem=con-han",
    "oversight:close_period": "?ky=2021-10",
    "oversight:close_list": "?chitieu=new",
    "oversight:statutory_register": "?ky=2021-11&coquan=trung+tam+phuc+vu+hanh+chinh+cong+tinh",
    "oversight:statutory_list": "?ky=2021-11&cot=3",
    "oversight:statutory_list_xlsx": "?ky=2021-11&cot=3",
    "oversight:dossiers": "?ky=2021-11&chitieu=new",
    "oversight:dossiers_xlsx": "?ky=2021-11&chitieu=new",
    "oversight:bulletin": "?ky=2021-11",
    "oversight:bulletin_docx": "?ky=2021-11",
    "oversight:bulletin_pdf": "?ky=2021-11",
    "oversight:report_xlsx": "?ky=2021-11",
    "oversight:votes": "?ky=2021-11&chitieu=votes",
    "oversight:petition_list": "?ky=2021-11&chitieu=new",
    "oversight:report_json": "?ky=2021-11",
    "oversight:series_list": "?tu=2021-11&den=2021-11&thang=2021-11",
    "oversight:series_list_xlsx": "?tu=2021-11&den=2021-11&thang=2021-11",
    "oversight:indices_xlsx": "?ky=2021-11",
    "oversight:indices_json": "?ky=2021-11",
    "oversight:index_list": "?ky=2021-11&thanhphan=2.1",
    "oversight:index_list_xlsx": "?ky=2021-11&thanhphan=2.1",
    "oversight:index_sheet": "?ky=2021-Q4&coquan=000.00.14.H54",
    "oversight:index_scored": "?ky=2021-Q4&coquan=000.00.14.H54",
    "oversight:index_scored_xlsx": "?ky=2021-Q4&coquan=000.00.14.H54",
    "counter:settlement_entries": "?quy=2021-Q4&coquan=1&loai=PHI",
}


def rows(table: str) -> dict[str, list[str]]:
    """Route → the other columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {line[0]: [*line[1:], "", ""][:3] for line in lines}
