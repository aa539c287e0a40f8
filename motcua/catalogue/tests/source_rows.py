"""Small source files of the portal's shape for the tests of this room."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def core(code: str = "1.000001", **more: Any) -> Row:
    return {
        "code": code,
        "name": "Thủ tục đăng ký kết hôn",
        "decision": "1/QĐ-BTP",
        "levels": ["XA"],
        "kind": "TTHC được luật giao quy định chi tiết",
        "field": "Hộ tịch",
        "ministry": "Bộ Tư pháp",
        "subjects": ["Công dân Việt Nam"],
        "executing": ["Ủy ban nhân dân cấp xã"],
        "channels": [channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC")],
        "results": [{"name": "Giấy chứng nhận kết hôn"}],
        "laws": ["60/2014/QH13"],
        "src": "A",
        "snapshot": "2026-07",
        "dossier_items": 2,
        "local": True,
    } | more


def channel(time_raw: str, value: Any = None, unit: str | None = None, **more: Any) -> Row:
    ways = ["TRUC_TIEP", "TRUC_TUYEN", "BUU_CHINH"]
    row = {"channels": ways, "time_raw": time_raw, "time_kind": "SO", "fees": [{"amount": 0, "currency": "VND"}]}
    return row | ({} if value is None else {"value": value, "unit": unit}) | more


def dossier(code: str = "1.000001", *names: str) -> Row:
    items = [{"name": name, "original": 1, "copy": 0} for name in names or ("Tờ khai", "Giấy xác nhận (nếu có)")]
    return {"code": code, "src": "A", "groups": [{"case": None, "items": items}]}


def prose(code: str = "1.000001", steps: str = "Bước 1: Nộp hồ sơ.") -> Row:
    return {"code": code, "steps": steps, "conditions": None}


def write(path: Path, rows: Sequence[Row | str]) -> Path:
    """One line per row; a string is written as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    data = "".join(line + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def whole(folder: Path, *codes: str, **more: Any) -> Path:
    """A folder with the three files of these procedures."""
    folder.mkdir(exist_ok=True)
    write(folder / "core.jsonl", [core(code, **more) for code in codes])
    write(folder / "dossier.jsonl.gz", [dossier(code) for code in codes])
    write(folder / "prose.jsonl.gz", [prose(code) for code in codes])
    return folder
