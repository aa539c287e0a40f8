"""What each publication says happened, as counts. The figures are those of data/replays/published.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Fate(StrEnum):
    """How a dossier stands at the end of the period."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    SUPPLEMENT = "supplement"
    OPEN_WITHIN = "open_within"
    OPEN_LATE = "open_late"


RESOLVED_FATES = (Fate.EARLY, Fate.ON_TIME, Fate.LATE)


# Agencies that are no departments of the province's committee.
VERTICAL = ("bao-hiem-xa-hoi-tinh", "cong-an-tinh")


@dataclass(frozen=True, slots=True)
class Onsite:
    """What was printed of dossiers done wholly at the centre, of the new ones: `four` or `five` at the place.

    procedures: how many the list has; None: every one that a department decides. Counts by who decides (departments,
    and others), or by fate, where the publication has them so.
    """

    mode: str
    procedures: int | None
    of_departments: int = 0
    of_others: int = 0
    by_fate: Mapping[Fate, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """One publication: a period [first, last], one receiving unit, counts by way in and by fate.

    agencies: new dossiers per competent office key, as far as printed; `others` share the rest in turn.
    """

    name: str
    title: str
    doc: str
    place: str
    period: str
    province: str
    unit_key: str
    first: date
    last: date
    carried: int
    counter: int
    online: int
    post: int
    fates: Mapping[Fate, int]
    returned_by_post: int = 0
    agencies: Mapping[str, int] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    onsite: Onsite | None = None

    @property
    def new(self) -> int:
        """Dossiers accepted in the period."""
        return self.counter + self.online + self.post

    @property
    def total(self) -> int:
        """Dossiers in hand in the period."""
        return self.carried + self.new


THAI_BINH_2021_11 = Plan(
    name="thai-binh-2021-11",
    title="Trung tâm Phục vụ hành chính công tỉnh Thái Bình, tháng 11/2021",
    doc="002",
    place="(không nêu tên tỉnh)",
    period="tháng 11/2021",
    province="H54",
    unit_key="trung-tam-phuc-vu-hanh-chinh-cong-tinh",
    first=date(2021, 11, 1),
    last=date(2021, 11, 30),
    carried=3109,
    counter=9908,
    online=5920,
    post=105,
    fates={Fate.EARLY: 2288, Fate.ON_TIME: 11616, Fate.LATE: 0, Fate.OPEN_WITHIN: 5138},
    returned_by_post=1141,
    # 3.267 new ones are of the departments (1.029 + 688 + 644 + 906 of others), 368 of other vertical agencies.
    agencies={
        "bao-hiem-xa-hoi-tinh": 12298,
        "so-cong-thuong": 1029,
        "so-giao-thong-van-tai": 688,
        "so-tu-phap": 644,
        "cong-an-tinh": 368,
    },
    others=("so-y-te", "so-xay-dung", "so-nong-nghiep-va-phat-trien-nong-thon", "so-tai-nguyen-va-moi-truong"),
    onsite=Onsite("four", 396, of_departments=1601, of_others=90),
    notes=("Danh mục 396 thủ tục “4 tại chỗ” là danh mục tổng hợp của bản diễn lại: công bố không in tên thủ tục.",),
)
THANH_HOA_2021_09 = Plan(
    name="thanh-hoa-2021-09",
    title="Trung tâm Phục vụ hành chính công tỉnh Thanh Hóa, tháng 9/2021",
    doc="003",
    place="Thanh Hóa",
    period="tháng 9/2021",
    province="H56",
    unit_key="trung-tam-phuc-vu-hanh-chinh-cong-tinh",
    first=date(2021, 9, 1),
    last=date(2021, 9, 30),
    carried=4446,
    counter=2258,
    online=2855,
    post=1076,
    # Early and on time are printed as one figure, 6.540; the split is ours.
    fates={
        Fate.EARLY: 4540,
        Fate.ON_TIME: 2000,
        Fate.LATE: 0,
        Fate.WITHDRAWN: 213,
        Fate.SUPPLEMENT: 783,
        Fate.OPEN_WITHIN: 3098,
        Fate.OPEN_LATE: 1,
    },
    returned_by_post=1163,
    agencies={
        "so-cong-thuong": 1117,
        "so-tu-phap": 679,
        "so-nong-nghiep-va-phat-trien-nong-thon": 272,
        "so-y-te": 227,
        "so-lao-dong-thuong-binh-va-xa-hoi": 155,
        "so-giao-thong-van-tai": 140,
    },
    others=("so-tai-nguyen-va-moi-truong", "so-xay-dung", "so-ke-hoach-va-dau-tu"),
    notes=("Trước hạn và đúng hạn được công bố gộp; tỷ lệ tách 4.540/2.000 là giả định của bản diễn lại.",),
)
DONG_HUNG_2021_Q2 = Plan(
    name="dong-hung-2021-q2",
    title="Huyện Đông Hưng, quý II/2021",
    doc="000",
    place="Thái Bình – huyện Đông Hưng",
    period="Quý II/2021",
    province="H54",
    unit_key="huyen-dong-hung",
    first=date(2021, 4, 1),
    last=date(2021, 6, 30),
    carried=233,
    counter=53422,
    online=258,
    post=0,
    fates={Fate.EARLY: 26755, Fate.ON_TIME: 26755, Fate.LATE: 0, Fate.OPEN_WITHIN: 403},
    others=("own",),
    notes=("Công bố không tách trước hạn và đúng hạn; bản diễn lại chia đôi 53.510.",),
)
THAI_BINH_2020 = Plan(
    name="thai-binh-2020",
    title="Trung tâm Phục vụ hành chính công tỉnh Thái Bình, 11 tháng năm 2020",
    doc="001",
    place="Thái Bình",
    period="năm 2020 (đến hết 11/2020)",
    province="H54",
    unit_key="trung-tam-phuc-vu-hanh-chinh-cong-tinh",
    first=date(2020, 1, 1),
    last=date(2020, 11, 30),
    carried=0,
    counter=54524,
    online=7429,
    post=0,
    fates={Fate.EARLY: 52006, Fate.ON_TIME: 9942, Fate.LATE: 5},
    # Every procedure of the departments is "5 tại chỗ", so the 3.154 dossiers that are not are others'; the split is ours.
    agencies={"bao-hiem-xa-hoi-tinh": 1577, "cong-an-tinh": 1577},
    others=("so-cong-thuong", "so-tu-phap", "so-y-te", "so-xay-dung"),
    onsite=Onsite("five", None, by_fate={Fate.EARLY: 49440, Fate.ON_TIME: 9359}),
    notes=(
        "Số tiếp nhận, kỳ trước và đang giải quyết không được công bố: bản diễn lại chỉ có hồ sơ đã giải quyết.",
        "Danh mục “5 tại chỗ” là danh mục tổng hợp của bản diễn lại: mọi thủ tục mà sở giải quyết; 3.154 hồ sơ ngoài "
        "danh mục là của cơ quan ngành dọc (suy ra).",
    ),
)
QUANG_NAM_2019 = Plan(
    name="quang-nam-2019",
    title="Trung tâm Hành chính công tỉnh Quảng Nam, 01/01–20/7/2019",
    doc="004",
    place="Quảng Nam",
    period="01/01–20/7/2019",
    province="H47",
    unit_key="trung-tam-hanh-chinh-cong-tinh",
    first=date(2019, 1, 1),
    last=date(2019, 7, 20),
    carried=0,
    counter=46735,
    online=0,
    post=0,
    # 43.231 + 577 = 43.808; the printed total of 43.809 can't be replayed.
    fates={Fate.EARLY: 21616, Fate.ON_TIME: 21615, Fate.LATE: 577, Fate.OPEN_WITHIN: 2927},
    others=("so-cong-thuong", "so-tu-phap", "so-y-te", "so-xay-dung"),
    notes=("Kỳ trước và kênh tiếp nhận không được công bố; trước hạn và đúng hạn được công bố gộp.",),
)
PLANS = {
    plan.name: plan
    for plan in (THAI_BINH_2021_11, THANH_HOA_2021_09, DONG_HUNG_2021_Q2, THAI_BINH_2020, QUANG_NAM_2019)
}
