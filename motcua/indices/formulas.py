"""Every formula that a table may name: what is counted, in one sentence, and what mends it. The sets are in `*_sets.py`.

Law: QD766-2022; TT01-2018 13
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

# The nine indices have points for a dossier, or for the unit as a whole.
Of = Literal["dossier", "procedure", "petition", "duty", "unit", "nothing"]


@dataclass(frozen=True, slots=True)
class Formula:
    """of: what its members are. mends: how one that fails is put in order; empty where it can't be any more.

    missing: why this system has no data; such a formula counts nothing and invents nothing.
    """

    key: str
    of: Of
    sentence: Any
    mends: Any = ""
    missing: Any = ""


_LATE = _("Hồ sơ đã quá hạn thì không sửa lại được trong kỳ này; con số cho biết quá hạn lấy đi bao nhiêu điểm.")
_PAPERS = _("Trong kỳ sau: quét, lưu giấy tờ ngay khi tiếp nhận.")

FORMULAS: dict[str, Formula] = {
    row.key: row
    for row in (
        Formula(
            "announced_in_time", "duty",
            _("Thủ tục phải công bố mà hạn công bố rơi vào kỳ: công bố không sau ngày cuối, trên tất cả. Văn bản của Chủ tịch "
              "tỉnh: chậm nhất 5 ngày làm việc trước ngày có hiệu lực."),
            _("Ban hành quyết định công bố còn thiếu và ghi vào danh mục; việc đã trễ vẫn tính là trễ."),
        ),
        Formula(
            "published_in_time", "duty",
            _("Thủ tục đã công bố mà hạn công khai rơi vào kỳ: nhập, công khai trong 5 ngày làm việc kể từ quyết định, trên "
              "tất cả."),
            _("Nhập, công khai thủ tục còn thiếu và ghi vào danh mục; việc đã trễ vẫn tính là trễ."),
        ),
        Formula(
            "content_full", "procedure",
            _("Thủ tục có đủ tên, trình tự, cách thức, thành phần hồ sơ, thời hạn, đối tượng, cơ quan thực hiện, trên tất cả thủ "
              "tục đang thực hiện; theo danh mục hiện nay."),
            _("Bổ sung phần còn thiếu trong danh mục thủ tục."),
        ),
        Formula(
            "dossiers_synced", "nothing", _("Hồ sơ đã đồng bộ trên hồ sơ phải đồng bộ."),
            missing=_("Chưa kết nối: hệ thống này chưa đồng bộ hồ sơ lên Cổng Dịch vụ công quốc gia."),
        ),
        Formula(
            "resolved_in_time", "dossier",
            _("Hồ sơ kết thúc trong kỳ không sau ngày hẹn trả, trên hồ sơ kết thúc trong kỳ cộng hồ sơ cuối kỳ đang quá hạn. "
              "Thời gian chờ bổ sung không tính; yêu cầu bổ sung quá một lần tính là quá hạn."),
            _LATE,
        ),
        Formula("average_time", "dossier", _("Số ngày theo lịch từ khi tiếp nhận đến khi kết thúc, trung bình; chỉ để biết.")),
        Formula(
            "services_offered", "procedure",
            _("Thủ tục có cách nộp trực tuyến hoặc đã ghi mức độ trực tuyến, trên thủ tục đang thực hiện; trừ thủ tục đã ghi là "
              "không trực tuyến."),
            _("Đưa thủ tục lên trực tuyến: công bố cách nộp trực tuyến và ghi mức độ vào danh mục."),
        ),
        Formula(
            "services_used", "procedure",
            _("Thủ tục trực tuyến có ít nhất một hồ sơ tự nộp trực tuyến tiếp nhận trong kỳ, trên tất cả thủ tục trực tuyến. Hồ sơ "
              "có người giúp nộp không tính."),
            _("Hướng dẫn nộp trực tuyến ở những thủ tục chưa có hồ sơ nào; đưa lên trước những thủ tục nhiều hồ sơ giấy."),
        ),
        Formula(
            "dossiers_online", "dossier",
            _("Hồ sơ tự nộp trực tuyến trên tất cả hồ sơ tiếp nhận trong kỳ; hồ sơ có người giúp nộp đếm riêng, không vào tử số. "
              "Không nhân với tỷ lệ đồng bộ, vì chưa kết nối."),
            _("Hướng dẫn người dân tự nộp trực tuyến thay vì tại quầy hoặc nhờ nộp; hồ sơ đã nhận thì không đổi được."),
        ),
        Formula(
            "payment_offered", "nothing", _("Thủ tục có thanh toán trực tuyến trên thủ tục có nghĩa vụ tài chính."),
            missing=_("Chưa kết nối: không có danh sách thủ tục đã tích hợp thanh toán trực tuyến."),
        ),
        Formula(
            "payment_used", "nothing", _("Thủ tục có giao dịch trực tuyến trên thủ tục đã tích hợp thanh toán trực tuyến."),
            missing=_("Chưa kết nối: không có danh sách thủ tục đã tích hợp thanh toán trực tuyến."),
        ),
        Formula(
            "dossiers_paid_online", "dossier",
            _("Hồ sơ tiếp nhận trong kỳ có khoản phải nộp và đã nộp qua cổng thanh toán trước khi hết kỳ, trên tất cả hồ sơ có "
              "khoản phải nộp."),
            _("Hồ sơ còn nợ: gửi liên kết thanh toán trực tuyến."),
        ),
        Formula(
            "results_electronic", "dossier",
            _("Hồ sơ có kết quả trong kỳ kèm tệp kết quả điện tử, trên tất cả hồ sơ có kết quả."),
            _("Phát hành kết quả kèm tệp điện tử, ký số."),
        ),
        Formula(
            "papers_digitised", "dossier",
            _("Hồ sơ có kết quả trong kỳ mà có ít nhất một thành phần đã số hóa (tệp hoặc khai trên màn hình), trên tất cả hồ "
              "sơ có kết quả."),
            _PAPERS,
        ),
        Formula(
            "certified_copies", "nothing", _("Đơn vị có chứng thực bản sao điện tử trên tất cả đơn vị."),
            missing=_("Hệ thống này chưa ghi việc chứng thực bản sao điện tử từ bản chính."),
        ),
        Formula(
            "data_reused", "nothing", _("Hồ sơ sử dụng lại dữ liệu đã số hóa trên hồ sơ đã số hóa."),
            missing=_("Hệ thống này chưa ghi giấy tờ nào được dùng lại từ hồ sơ trước."),
        ),
        Formula(
            "personal_storage", "nothing", _("Giấy tờ lấy từ kho dữ liệu điện tử cá nhân trên tất cả."),
            missing=_("Chưa kết nối kho quản lý dữ liệu điện tử của tổ chức, cá nhân."),
        ),
        Formula(
            "population_procedures", "nothing", _("Thủ tục khai thác Cơ sở dữ liệu quốc gia về dân cư trên tất cả."),
            missing=_("Chưa kết nối Cơ sở dữ liệu quốc gia về dân cư."),
        ),
        Formula(
            "population_dossiers", "nothing", _("Hồ sơ khai thác Cơ sở dữ liệu quốc gia về dân cư trên tất cả."),
            missing=_("Chưa kết nối Cơ sở dữ liệu quốc gia về dân cư."),
        ),
        Formula("petitions_by_kind", "petition", _("Phản ánh, kiến nghị đã xử lý trong kỳ hoặc cuối kỳ quá hạn; chỉ để biết.")),
        Formula(
            "petitions_in_time", "petition",
            _("Phản ánh, kiến nghị xử lý xong không sau ngày cuối, trên số đã xử lý trong kỳ cộng số cuối kỳ quá hạn."),
            _("Trả lời ngay những phản ánh đang quá hạn; việc đã trễ vẫn tính là trễ."),
        ),
        Formula(
            "petitions_satisfied", "petition",
            _("Phản ánh, kiến nghị trừ số người gửi đề nghị xem xét lại và số quá hạn, trên tất cả."),
            _("Trả lời đủ, đúng hạn để người gửi không phải đề nghị xem xét lại."),
        ),
        Formula(
            "dossiers_satisfied", "dossier",
            _("100 % trừ tỷ lệ quá hạn và trừ tỷ lệ hồ sơ bị phản ánh hoặc bị đánh giá không hài lòng, cùng trên số hồ sơ của "
              "thành phần giải quyết đúng hạn."),
            _LATE,
        ),
    )
}  # fmt: skip


NINE: dict[str, Formula] = {
    row.key: row
    for row in (
        Formula("time_of_all", "dossier", _("2: có kết quả trước ngày hẹn; 1: đúng ngày hẹn; 0: sau ngày hẹn. Không có ngày hẹn: "
             "không tính.")),
        Formula("time_of_each", "dossier", _("Theo phần việc và ý kiến chậm nhất của các cơ quan tham gia: 2 trước hạn, 1 đúng hạn, "
             "0 quá hạn. Chỉ một cơ quan giải quyết: như chỉ số 1.")),
        Formula("contacts", "dossier", _("2: không lần nào bị yêu cầu bổ sung; 1: một lần; 0: từ hai lần. Hệ thống không ghi lỗi của "
             "ai, nên tính mọi lần.")),
        Formula("offices_contacted", "dossier", _("2: nộp và nhận không phải đến nơi nào (trực tuyến, bưu chính); 1: chỉ đến nơi tiếp "
             "nhận (và nơi kiểm tra thực địa theo luật); 0: người dân đánh giá không hài lòng về số cơ quan phải đến.")),
        Formula("conduct", "dossier", _("2: trước hạn và không có phản ánh; 1: đúng hạn, không có phản ánh; 0: có phản ánh về hành vi "
             "hoặc đánh giá không hài lòng về thái độ (trừ phản ánh không được tiếp nhận), hoặc quá hạn.")),
        Formula("at_the_unit", "unit", _("2: đủ tỷ lệ thủ tục được tiếp nhận, thẩm định, phê duyệt tại Bộ phận Một cửa; 1: mọi hồ sơ "
             "nhận tại Bộ phận Một cửa; 0: còn hồ sơ nhận nơi khác.")),
        Formula("disclosure", "dossier", _("2: thủ tục được niêm yết và công khai điện tử; 1: một trong hai; 0: không.")),
        Formula("petitions_answered", "unit", _("2: không có phản ánh, hoặc 100 % đúng hạn và không kéo dài; 1: từ 90 % đúng hạn, không "
             "kéo dài; 0: còn lại.")),
        Formula("online_services", "unit", _("2: đủ tỷ lệ thủ tục và hồ sơ tự nộp trực tuyến, không hồ sơ trực tuyến nào quá hạn; 1: có thủ "
             "tục, đủ một nửa tỷ lệ hồ sơ, không quá hạn; 0: còn lại.")),
    )
}  # fmt: skip
OF_A_DOSSIER = tuple(key for key, row in NINE.items() if row.of == "dossier")
OF_AN_OFFICER = ("time_of_all", "time_of_each", "contacts", "offices_contacted", "conduct")
CLASS_NAMES = {
    "excellent": _("Xuất sắc"),
    "good": _("Tốt"),
    "fair": _("Khá"),
    "average": _("Trung bình"),
    "weak": _("Yếu"),
    "full": _("Hoàn thành 100 % nhiệm vụ"),
    "partly": _("Hoàn thành từ 70 % đến dưới 100 % nhiệm vụ"),
    "below": _("Hoàn thành dưới 70 % nhiệm vụ"),
}
