"""Who must hand in what: rows as printed, each from a real procedure, and the reading a clerk would give them."""

import pytest

from motcua.catalogue.component_text import (
    channels_of,
    is_heading,
    is_mandatory,
    kind_of,
    mark_of,
    replaces_others,
)
from motcua.catalogue.content import cases_of

# (procedure, heading, printed name)
DEMANDED = [
    ("1.001193", "* Giấy tờ phải nộp:", "- Giấy chứng sinh; trường hợp không có Giấy chứng sinh thì nộp văn bản của người "
     "làm chứng xác nhận về việc sinh; nếu không có người làm chứng thì phải có giấy cam đoan về việc sinh."),
    ("1.000656", "* Giấy tờ phải nộp:", "- Giấy báo tử hoặc giấy tờ thay Giấy báo tử do cơ quan có thẩm quyền cấp. Trường "
     "hợp người yêu cầu đã nộp bản điện tử Giấy báo tử thì không phải nộp bản giấy."),
    ("1.001612", "", "- Giấy đề nghị đăng ký hộ kinh doanh;"),
    ("1.012783", "- Thành phần hồ sơ:", "(2) Bản gốc Giấy chứng nhận đã cấp."),
    ("1.012291", "", "Giấy khám sức khỏe có giá trị sử dụng nếu được cấp chưa quá 06 tháng, tính đến ngày nộp hồ sơ;"),
    ("2.000140", "", "+ Bản sao văn bằng có chứng thực hoặc xuất trình bản chính để đối chiếu;"),
    ("1.001376", "", "2) Bản sao có chứng thực hoặc bản sao và xuất trình bản chính để đối chiếu (trường hợp nộp hồ sơ trực "
     "tiếp); bản sao có chứng thực (trường hợp nộp hồ sơ qua bưu chính) giấy chứng nhận giải thưởng"),
    ("1.012896", "Hồ sơ gồm bản sao và xuất trình bản chính để đối chiếu hoặc bản sao được chứng thực của các giấy tờ sau:",
     "- Giấy chứng nhận đăng ký doanh nghiệp."),
    ("1.001158", "", "Giấy chứng nhận A hoặc giấy chứng nhận B"),
    ("1.013217", "", "- Bản gốc chứng chỉ hành nghề đề nghị cấp lại. Trường hợp bị mất chứng chỉ thì phải có cam kết"),
]  # fmt: skip
# Demanded of everybody who comes by the channels that they name.
BY_CHANNEL = [
    ("1.001193", "", "- Tờ khai đăng ký khai sinh theo mẫu (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp "
     "hoặc gửi hồ sơ qua hệ thống bưu chính);", (1, 3)),
    ("1.001766", "", "- Tờ khai đăng ký khai tử theo mẫu (nếu nộp hồ sơ theo hình thức trực tiếp);", (1,)),
    ("2.000635", "", "- Mẫu điện tử tương tác (do người yêu cầu cung cấp thông tin theo hướng dẫn trên Cổng dịch vụ công, nếu "
     "người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tuyến)", (2,)),
    ("1.004746", "", "- Mẫu hộ tịch điện tử tương tác đăng ký lại kết hôn", (2,)),
    ("2.000635", "", "- Tờ khai theo mẫu trong trường hợp người yêu cầu là cá nhân hoặc Văn bản yêu cầu trong trường hợp người "
     "yêu cầu là cơ quan, tổ chức (nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp)", (1,)),
    ("1.011671", "a.1) Trường hợp thực hiện bằng hình thức trực tiếp hoặc bưu chính", "- Phiếu yêu cầu theo Mẫu số 03", (1, 3)),
    ("1.011671", "a.2) Trường hợp thực hiện bằng hình thức trực tuyến", "Tệp tin chứa phiếu yêu cầu", (2,)),
    ("2.000140", "", "+ Bản sao văn bằng có chứng thực hoặc xuất trình bản chính để đối chiếu;", ()),
    ("1.001376", "", "Bản sao và xuất trình bản chính (trường hợp nộp hồ sơ trực tiếp); bản sao có chứng thực (trường hợp nộp "
     "hồ sơ qua bưu chính) giấy chứng nhận giải thưởng", ()),
]  # fmt: skip
CONDITIONAL = [
    ("1.001193", "* Giấy tờ phải nộp:", "- Trường hợp trẻ em bị bỏ rơi thì phải có biên bản về việc trẻ bị bỏ rơi."),
    ("1.001193", "* Giấy tờ phải nộp:", "- Văn bản ủy quyền (được chứng thực) trong trường hợp ủy quyền thực hiện việc."),
    ("1.001193", "* Giấy tờ phải xuất trình:", "- Hộ chiếu/Thẻ căn cước hoặc các giấy tờ khác có dán ảnh"),
    ("1.001193", "* Lưu ý:", "+ Bản chụp các giấy tờ gửi kèm theo hồ sơ phải bảo đảm rõ nét, đầy đủ."),
    ("2.000942", "", "Người yêu cầu chứng thực xuất trình một trong các giấy tờ sau: Căn cước điện tử; Hộ chiếu"),
    ("1.012783", "- Thành phần hồ sơ:", "(3) Mảnh trích đo bản đồ địa chính thửa đất đối với trường hợp trích đo"),
    ("1.013949", "", "Phương án sử dụng tầng đất mặt (đối với trường hợp chuyển mục đích sử dụng đất chuyên trồng lúa)."),
    ("1.004036", "", "Bản kê khai điều kiện an toàn đối với phương tiện không thuộc diện đăng kiểm"),
    ("1.011441", "", "Giấy phép xây dựng, trừ trường hợp được miễn giấy phép xây dựng"),
    ("1.011441", "Tùy từng trường hợp thì nộp thêm", "Văn bản thỏa thuận"),
    ("1.000448", "c.3 Đối với trường hợp đề nghị cấp lại giấy phép do giấy phép bị mất", "- Văn bản đề nghị cấp lại"),
    ("2.000829", "1. Giấy tờ chứng minh là người có công gồm một trong các giấy tờ sau:", "c) Huân chương Kháng chiến"),
    ("1.009449", "", "- Giấy chứng nhận an toàn kỹ thuật của phao neo (nếu dùng phao neo;"),
    ("1.012071", "", "Bản chính văn bản ủy quyền trường hợp nộp yêu cầu thông qua Tổ chức dịch vụ đại diện quyền."),
    ("1.003395", "", "Một trong các giấy tờ sau (chỉ nộp khi đăng ký kiểm tra lần đầu): Giấy chứng nhận cơ sở đủ điều kiện"),
    ("1.001610", "", "- Người ủy quyền và người được ủy quyền chịu trách nhiệm trước pháp luật về việc ủy quyền."),
    ("1.000001", "", "Giấy xác nhận (nếu có)"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "section", "name"), DEMANDED)
def test_demanded_of_everybody(code: str, section: str, name: str) -> None:
    assert is_mandatory(name, section)


@pytest.mark.parametrize(("code", "section", "name", "channels"), BY_CHANNEL)
def test_demanded_by_the_channels_it_names(code: str, section: str, name: str, channels: tuple[int, ...]) -> None:
    assert channels_of(name, section) == channels
    assert is_mandatory(name, section)


@pytest.mark.parametrize(
    ("section", "name", "sheets", "kind"),
    [
        ("* Giấy tờ phải xuất trình:", "- Hộ chiếu/Thẻ căn cước hoặc các giấy tờ khác có dán ảnh", 1, "show"),
        ("Khi nộp hồ sơ trực tiếp cần xuất trình các giấy tờ sau để đối chiếu", "Giấy khai sinh của trẻ em", 1, "show"),
        ("", "Xuất trình thẻ Căn cước công dân/hộ chiếu đối với cá nhân", 1, "show"),
        ("* Xuất trình hoặc gửi bản chính hoặc bản sao có chứng thực", "Giấy chứng nhận đăng ký", 1, "hand_in"),
        ("Hồ sơ gồm bản sao và xuất trình bản chính để đối chiếu:", "- Giấy chứng nhận", 1, "hand_in"),
        (
            "* Giấy tờ phải nộp:",
            "- Giấy chứng sinh; trường hợp không có thì nộp văn bản của người làm chứng",
            1,
            "hand_in",
        ),
        ("", "- Mẫu hộ tịch điện tử tương tác đăng ký kết hôn (do người yêu cầu cung cấp thông tin)", 1, "on_screen"),
        ("* Lưu ý:", "+ Bản chụp các giấy tờ gửi kèm theo hồ sơ phải bảo đảm rõ nét, đầy đủ.", 0, "note"),
        ("* Lưu ý:", "Bản sao Giấy chứng nhận", 1, "hand_in"),
        ("* Giấy tờ phải xuất trình:", "Trường hợp các thông tin này đã có thì không phải tải lên", 0, "note"),
        ("", "Trường hợp ủy quyền thì nộp văn bản ủy quyền", 0, "hand_in"),
        ("", "Hồ sơ đăng ký hợp tác xã trên môi trường điện tử bao gồm các giấy tờ theo quy định tại Luật", 1, "note"),
    ],
)
def test_handed_in_shown_filled_in_or_only_explained(section: str, name: str, sheets: int, kind: str) -> None:
    assert kind_of(name, sheets, "", section) == kind


@pytest.mark.parametrize(("code", "section", "name"), CONDITIONAL)
def test_depends_on_something_or_is_only_shown(code: str, section: str, name: str) -> None:
    assert not is_mandatory(name, section)


@pytest.mark.parametrize(
    ("name", "copies", "heading"),
    [
        ("- Người có yêu cầu đăng ký khai sinh nộp/xuất trình hoặc tải lên các giấy tờ sau:", 0, True),
        ("1. Hồ sơ đăng ký thương nhân gồm:", 0, True),
        ("1. Hồ sơ đăng ký thương nhân gồm:", 2, True),
        ("- Thành phần hồ sơ đối với phương tiện thương mại:", 1, True),
        ("Hồ sơ đề nghị cấp điều chỉnh Giấy chứng nhận bao gồm", 0, True),
        ("b) Bản giải trình có nội dung:", 2, False),
        ("Giấy chứng nhận đăng ký kinh doanh hoặc Giấy chứng nhận đăng ký doanh nghiệp:", 1, False),
        ("Hồ sơ năng lực gồm danh sách thiết bị", 1, False),
        ("Tờ khai", 0, False),
    ],
)
def test_a_heading_is_not_a_paper(name: str, copies: int, heading: bool) -> None:
    assert is_heading(name, copies) is heading


def test_marks_tell_where_a_heading_ends() -> None:
    marks = ["- Tờ khai", "+ Bản sao", "đ) Đơn", "2. Hồ sơ", "2.1. Hồ sơ", "01 bộ hồ sơ", "Đơn"]
    assert [mark_of(name) for name in marks] == ["-", "+", "a)", "1.", "1.1.", "", ""]


def test_headings_become_sections_of_what_follows() -> None:
    names = ["1. Hồ sơ gồm:", "- Đơn", "2. Đối với thương nhân sản xuất, hồ sơ gồm:", "- Bảng kê", "3. Ảnh"]
    items = [{"name": name} for name in names]
    [(_title, papers)] = cases_of([{"case": None, "items": items}])
    assert [(paper.name, paper.section, paper.mandatory) for paper in papers] == [
        ("- Đơn", "1. Hồ sơ gồm:", True),
        ("- Bảng kê", "2. Đối với thương nhân sản xuất, hồ sơ gồm:", False),
        ("3. Ảnh", "", True),
    ]
    [(_title, titled)] = cases_of([{"case": "* Giấy tờ phải nộp:", "items": items[:2]}])
    assert [(paper.name, paper.section) for paper in titled] == [("- Đơn", "* Giấy tờ phải nộp:")]


def test_nothing_but_headings_stays_and_binds_nobody() -> None:
    [(_title, papers)] = cases_of([{"case": None, "items": [{"name": "Thành phần hồ sơ gồm:"}]}])
    assert [(paper.name, paper.mandatory) for paper in papers] == [("Thành phần hồ sơ gồm:", False)]


def test_a_paper_that_another_can_stand_in_for_is_not_demanded() -> None:
    instead = "+ Trường hợp không có văn bản nêu trên thì phải có văn bản cam đoan của các bên."
    assert replaces_others(instead)
    items = [{"name": name} for name in ("+ Văn bản của cơ quan y tế", "- Tờ khai", instead)]
    [(_title, papers)] = cases_of([{"case": "* Giấy tờ phải nộp:", "items": items}])
    assert [paper.mandatory for paper in papers] == [False, True, False]
