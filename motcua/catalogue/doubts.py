"""Why a limit or fee waits for a person, in a sentence for each reason code."""

from django.utils.translation import gettext_lazy as _

LIMIT_DOUBTS = {
    "empty": _("Nguồn để trống thời hạn."),
    "no_unit": _("Nguồn chỉ in một con số, không có đơn vị."),
    "zero": _("Nguồn in số 0: chưa biết thời hạn."),
    "fused_with_fee": _("Thời hạn và phí bị dính vào nhau."),
    "not_regulated": _("Nguồn ghi không quy định thời hạn."),
    "no_number": _("Nguồn ghi bằng lời, không có con số."),
    "prose": _("Nguồn ghi bằng đoạn văn."),
    "hour_unit": _("Chưa rõ là giờ làm việc hay giờ đồng hồ."),
    "clock_time": _("Có giờ trong ngày dễ nhầm với thời hạn."),
    "fixed_date": _("Thời hạn theo ngày ấn định."),
    "by_case": _("Thời hạn khác nhau theo trường hợp."),
    "several_durations": _("Có nhiều thời hạn trong một dòng."),
    "several_limits": _("Một hình thức nộp có nhiều thời hạn."),
    "may_be_extended": _("Thời hạn có thể kéo dài theo thỏa thuận."),
    "other_start": _("Thời hạn tính từ một mốc khác."),
    "no_cutoff": _("Trong ngày, nhưng không ghi giờ chốt."),
    "part_of_a_day": _("Một phần của ngày, chưa rõ ngày làm việc."),
    "unusual_size": _("Thời hạn dài khác thường."),
    "odd_number": _("Con số không dùng được."),
    "typed_contradicts_text": _("Giá trị tách sẵn khác với chữ in."),
    "unit_contradicts_note": _("Đơn vị khác với ghi chú cùng dòng."),
    "note_has_other_durations": _("Ghi chú nói đến thời hạn khác."),
    "note_says_same_day": _("Ghi chú nói giải quyết ngay trong ngày."),
    "note_miswritten": _("Ghi chú viết số và chữ khác nhau."),
    "clock_time_as_duration": _("Giờ trong ngày bị ghi thành thời hạn."),
    "flagged": _("Nguồn đánh dấu dòng này đáng ngờ."),
    "no_limit_row": _("Nguồn không có thời hạn cho hình thức này."),
}

FEE_DOUBTS = {
    "no_amount": _("Nguồn không ghi mức phí."),
    "doubtful_zero": _("Nguồn in số 0 nhưng ghi chú nói theo quy định khác."),
    "fused_with_limit": _("Thời hạn và phí bị dính vào nhau."),
    "foreign_currency": _("Mức phí bằng ngoại tệ."),
    "no_currency": _("Nguồn không ghi đồng tiền."),
    "odd_amount": _("Con số không dùng được."),
    "small_amount": _("Mức phí nhỏ khác thường."),
    "doubtful_amount": _("Nguồn đánh dấu mức phí này đáng ngờ."),
    "dated_tariff": _("Mức phí chỉ áp dụng trong một thời gian."),
    "note_has_other_amounts": _("Ghi chú nói đến mức phí khác."),
    "per_unit": _("Mức phí tính theo đơn vị."),
    "by_case": _("Mức phí khác nhau theo trường hợp."),
    "choose_tariff": _("Biểu phí có nhiều mức, phải chọn một."),
}
