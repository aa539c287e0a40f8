"""Who reaches the pages of the hall: a part of the table of `access.py`, with its words in braces.

Minh sits at counter 1 of the centre; Lan's number is served there or waits. Machines and screens: `portal.tests.test_hall`.
"""

HALL = """\
portal:kiosk               | OFF            | |
portal:kiosk_done          | POST           | |
portal:kiosk_here          | OFF            | |
portal:kiosk_dossier       | OFF            | |
setup:kiosks               | handled        | dung yen |
setup:end_kiosk            | POST           | |
portal:kiosk_ticket        | OFF            | |
portal:kiosk_number        | OFF            | |
portal:wall                | OFF            | |
portal:wall_now            | OFF            | |
portal:draw_ticket         | handled        | {EVERYBODY} |
portal:ticket              | handled        | {EVERYBODY} |
portal:ticket_now          | handled        | {EVERYBODY} |
portal:rate_ticket         | handled        | {EVERYBODY} |
portal:leave_ticket        | POST           | |
counter:queue              | handled        | {COUNTER} |
counter:queue_now          | handled        | minh |
counter:queue_bar          | handled        | minh |
counter:queue_act          | POST           | |
setup:hall                 | handled        | dung yen |
setup:change_hall          | POST           | |
control:queue              | handled        | dung quang |
control:queue_list         | handled        | dung quang |
control:staffing           | handled        | dung quang |
"""
