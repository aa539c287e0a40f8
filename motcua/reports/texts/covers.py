"""What looks like a figure and is none: dates, numbers of documents, telephones, levels, places in a list."""

import re

UNIT_WORDS = (
    r"(?:bộ\s+)?hồ\s+sơ|TTHC|thủ\s+tục(?:\s+hành\s+chính)?|(?:phản\s+ánh,?\s+)?kiến\s+nghị|phản\s+ánh|PAKN|lượt|phiếu"
    r"|ý\s+kiến|dịch\s+vụ|DVC|người|cán\s+bộ|công\s+chức|viên\s+chức|trường\s+hợp|đơn\s+vị|cơ\s+quan|huyện|xã|phường"
    r"|thị\s+xã|thành\s+phố|văn\s+bản|kết\s+quả|giấy\s+tờ|bưu\s+gửi|doanh\s+nghiệp|hộ|công\s+dân|tổ\s+chức"
)
_DOCUMENT = (
    r"(?:Nghị\s+định|Nghị\s+quyết|Quyết\s+định|Thông\s+tư|Luật|Chỉ\s+thị|Công\s+văn|Công\s+điện|Đề\s+án|Thông\s+báo)"
)
_DAY_WORD = r"(?:ngày|sáng|chiều|tối|trưa|hôm|nay|qua|mai|mùng|mồng)"
_SHORT_DATE = r"\d{1,2}\s*[./-]\s*\d{1,2}(?:\s*[./-]\s*\d{4})?"
_CALLED = r"(?:điện\s+thoại|đường\s+dây\s+nóng|hotline|tổng\s+đài|ĐT|Fax|Zalo|số\s+máy|CCCD|căn\s+cước)"

# The order matters: what is longer and surer stands first.
_COVERS = (
    r"https?://\S+|\bwww\.\S+|\b[\w.-]+@[\w.-]+\b",
    rf"(?i:{_CALLED})[^\d\n;.]{{0,25}}[(+]?\d[\d .()-]{{2,}}\d",
    r"\b\d+/\d{4}/[A-ZĐ][\w-]*",
    r"\b\d+\s?[/-]\s?[A-ZĐ]{2,}[A-ZĐa-z]*(?:-[A-ZĐ][\w]*)*",
    rf"(?i:{_DOCUMENT})\s+(?:số\s*)?:?\s*\d+[\w/-]*",
    r"(?i:\b(?:Điều|khoản|Chương|Phụ\s+lục|Mẫu(?:\s+số)?|Biểu(?:\s+số)?|Bảng|Hình|Biểu\s+đồ)\s+\d+[a-zđ]?(?:\.\d+)*)\b",
    r"\b[A-Z]\d{2}(?:\.\d+)+\b|\b(?:\d{2,3}\.)+[A-Z]\d+[\w.-]*|\b[A-ZĐ]+\d[\w.-]*\b|\b[IVX]+\.\d+[a-z]?\b|\b\d+[a-z]\b",
    r"\b\d\.\d{6}\b",
    r"\b\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*\d{4}\b",
    rf"(?i:\b{_DAY_WORD})\s+\(?(?:{_SHORT_DATE}|\d{{1,2}}(?!\d|[.,]\d))(?:\s+(?:tháng)\s+\d{{1,2}})?(?:\s+năm\s+\d{{4}})?",
    r"(?i:\b(?:đến|tới|từ|và)\s+\d{1,2}/\d{1,2}\b)(?!\s*%)",
    r"(?i:\btháng\s+\d{1,2}(?:\s*[/-]\s*\d{4}|\s+năm\s+\d{4})?)(?!\d|[.,]\d)",
    r"(?i:\b(?:quý)\s+(?:[IVX]+|\d)(?:\s*[/-]\s*\d{4}|\s+năm\s+\d{4})?)(?!\d|[.,]\d)",
    r"\b(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}\b|\b\d{1,2}/(?:19|20)\d{2}\b|\b[IVX]+/(?:19|20)\d{2}\b",
    r"(?i:\b(?:năm|kỳ|niên\s+độ)\s+(?:19|20)\d{2})\b(?![.,]\d)",
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?(?:\s*phút)?\b|\b24/7\b|\[GMT[^\]]*\]",
    r"(?<![\d.,])(?:\+84|0)\d{1,3}(?:[ .-]?\d{2,4}){2,3}\b(?!\s*%)|\b1[89]00[ .]?\d{2,4}(?:[ .]?\d{2,4})?\b",
    r"(?i:\b(?:mức(?:\s+độ)?|cấp\s+độ)\s+\d(?:\s*(?:,|và|hoặc|-|–|&|/)\s*(?:mức(?:\s+độ)?\s+)?\d(?![\d.,]*\d))*)",
    r"(?i:[“\"'‘]?\b\d\s+tại\s+chỗ\b[”\"'’“]?)",
    r"(?i:\b(?:lần\s+thứ|lần|thứ|bước|giai\s+đoạn|hạng|vị\s+trí|khóa|khoá|loại|nhóm|top|số\s+nhà|tầng|phòng|ngõ)\s+\d+(?:/\d+)?)\b(?![.,]\d)",
    r"(?i:Covid)-?\s?19|\bISO\s*\d+(?::\d+)?|\[\d+\]",
    r"^[ \t]*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđA-ZĐ][.)]|[IVX]+[.)]|\(\d{1,2}\)|\d{1,2}\.\d{1,2}(?=\s+[^\W\d]))(?=\s)",
    r"(?<=[:;.]\s)\(\d{1,2}\)(?=\s)",
    r"\bv\.?v\b\.?",
)
COVERS = re.compile("|".join(f"(?:{pattern})" for pattern in _COVERS), re.MULTILINE)
