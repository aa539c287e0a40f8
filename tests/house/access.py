"""Who reaches which page: every route, where Lan's dossier stands then, and who gets the page.

On a row: route | where the dossier is | who gets it (200) | who is told that it is not theirs (403).
For everybody else of the cast the page does not exist (404); nobody is asked to log in, unless the row says `nobody`.
A method instead of a place means that the page is never read, only sent to: a GET is answered 405.
"""

CITIZENS = "lan bay company"
COUNTER = "minh dung hien hanh"
JUSTICE = "hoa thanh tuan nga"
OFFICERS = f"{COUNTER} {JUSTICE} quang yen khang son"
LOGGED_IN = f"{CITIZENS} {OFFICERS}"
EVERYBODY = f"nobody {LOGGED_IN}"
CENTRE = "minh dung"
THEIRS = f"{CENTRE} {JUSTICE} quang"
NOT_CENTRE = f"{JUSTICE} quang"

PAGES = f"""
healthz                    | handled        | {EVERYBODY} |
layout:preferences         | POST           | |
portal:home                | handled        | {EVERYBODY} |
portal:find                | handled        | {EVERYBODY} |
portal:procedure           | handled        | {EVERYBODY} |
portal:login               | handled        | {EVERYBODY} |
portal:register            | handled        | {EVERYBODY} |
portal:track               | handled        | {EVERYBODY} |
portal:logout              | POST           | |
portal:account             | handled        | {LOGGED_IN} |
portal:draft_start         | handled        | {LOGGED_IN} |
portal:draft_owner         | handled        | lan |
portal:draft_papers        | handled        | lan |
portal:drop_paper          | POST           | |
portal:draft_review        | handled        | lan |
portal:discard_draft       | POST           | |
portal:dossiers            | handled        | {LOGGED_IN} |
portal:dossier             | handled        | lan |
portal:submitted           | handled        | lan |
portal:answer              | supplement     | lan |
portal:withdraw            | handled        | lan |
portal:paper               | handled        | lan |
portal:result              | finished       | lan |
counter:home               | handled        | {COUNTER} |
counter:supplements        | handled        | {COUNTER} |
counter:results            | handled        | {COUNTER} |
counter:find               | handled        | {COUNTER} |
counter:find_procedure     | handled        | {COUNTER} |
counter:take_in            | handled        | {COUNTER} |
counter:taken_in           | finished       | {CENTRE} |
counter:slip               | finished       | lan {THEIRS} |
counter:accept             | submitted      | {CENTRE} | {NOT_CENTRE}
counter:ask_at_intake      | submitted      | {CENTRE} | {NOT_CENTRE}
counter:answer_at_intake   | pre_supplement | {CENTRE} | {NOT_CENTRE}
counter:refuse_intake      | submitted      | {CENTRE} | {NOT_CENTRE}
counter:redirect           | submitted      | {CENTRE} | {NOT_CENTRE}
counter:receive_supplement | supplement     | {CENTRE} | {NOT_CENTRE}
counter:hand_over          | finished       | {CENTRE} | {NOT_CENTRE}
counter:withdraw           | handled        | {CENTRE} | {NOT_CENTRE}
counter:limits             | handled        | {COUNTER} quang yen |
counter:limit              | handled        | {COUNTER} quang yen |
desk:home                  | handled        | {OFFICERS} |
desk:dossier               | handled        | {THEIRS} |
desk:paper                 | handled        | {THEIRS} |
desk:result                | finished       | {THEIRS} |
desk:forward               | handled        | hoa thanh | {CENTRE} tuan nga quang
desk:send_back             | handled        | hoa thanh | {CENTRE} tuan nga quang
desk:ask_supplement        | handled        | hoa thanh tuan | {CENTRE} nga quang
desk:extend                | handled        | thanh tuan | {CENTRE} hoa nga quang
desk:approve               | approval       | tuan | {CENTRE} hoa thanh nga quang
desk:refuse_result         | approval       | tuan | {CENTRE} hoa thanh nga quang
desk:finish                | decided        | tuan nga | {CENTRE} hoa thanh quang
desk:stop                  | handled        | thanh tuan | {CENTRE} hoa nga quang
oversight:home             | handled        | dung quang |
oversight:report           | handled        | dung quang |
oversight:report_xlsx      | handled        | dung quang |
oversight:report_json      | handled        | dung quang |
oversight:dossiers         | handled        | dung quang |
oversight:dossiers_xlsx    | handled        | dung quang |
oversight:late             | handled        | dung quang |
oversight:offices          | handled        | dung quang |
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
oversight:known_data       | handled        | dung quang |
"""

# What a page is asked with, where it shows nothing without a question.
QUESTIONS = {
    "oversight:dossiers": "?ky=2021-11&chitieu=new",
    "oversight:dossiers_xlsx": "?ky=2021-11&chitieu=new",
    "oversight:report_xlsx": "?ky=2021-11",
    "oversight:report_json": "?ky=2021-11",
}

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
v1:dossier     | handled | lan {THEIRS}
v1:download    | handled | lan {THEIRS}
v1:unknown     | handled |
"""
API_ASKED = {"v1:report", "v1:members"}  # they answer by the asker's own scope: see the API's own tests
API_ACTS = """
confirm found accept ask_at_intake answer_at_intake refuse_intake redirect forward send_back ask_supplement
answer_supplement receive_supplement extend approve refuse_result finish withdraw stop hand_over upload track
"""

# What an act's form is sent with, complete enough to be done by the right person: route → where the dossier is, words.
SENT = {
    "counter:accept": {},
    "counter:ask_at_intake": {"reason": "Thiếu", "x1_name": "Ảnh", "x1_why": "Sai cỡ"},
    "counter:refuse_intake": {"reason": "Sai", "basis": "Điều 17"},
    "counter:answer_at_intake": {"note": "Đủ"},
    "counter:hand_over": {"way": "counter", "taken_by": "Trần Thị Lan"},
    "counter:withdraw": {"reason": "Đổi ý"},
    "desk:forward": {"note": ""},
    "desk:send_back": {"reason": "Thiếu tờ trình"},
    "desk:ask_supplement": {"reason": "Thiếu", "x1_name": "Ảnh", "x1_why": "Sai cỡ"},
    "desk:extend": {"reason": "Chờ xác minh", "new_day": "2021-11-12"},
    "desk:approve": {"summary": "Cấp"},
    "desk:refuse_result": {"reason": "Không đủ", "basis": "Điều 21"},
    "desk:finish": {"number": "12/GP-STP"},
    "desk:stop": {"reason": "Không thể", "basis": "Điều 19"},
    "portal:withdraw": {"reason": "Đổi ý"},
}


def rows(table: str) -> dict[str, list[str]]:
    """Route → the other columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return {line[0]: [*line[1:], "", ""][:3] for line in lines}
