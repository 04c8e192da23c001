"""The kinds of papers: key, type of document, symbol, what each copy is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Kind:
    """A kind of paper; `per`: one a year, one for each visit, person or wave of moves.

    `code` is the abbreviation of Decree 30/2020, Annex III; "" for papers without a symbol.
    """

    key: str  # name of template and file
    code: str
    document: str  # as the paper itself says
    title: str  # in the list of papers
    title_en: str  # the same for readers of English; the paper itself is Vietnamese
    per: Literal["year", "visit", "person", "wave"] = "year"
    bases: str = ""  # key of the rule papers.bases; "": the paper names none


@dataclass(frozen=True)
class Paper:
    """A paper to be written: its kind, and the values of each copy with the name that tells it apart."""

    kind: Kind
    copies: tuple[tuple[str, dict[str, Any]], ...]
    folder: str = ""  # below the result folder


KINDS: tuple[Kind, ...] = (
    Kind("ke-hoach", "KH", "Kế hoạch", "Kế hoạch kiểm tra công vụ",
         "Plan of public-duty inspections", "year", "inspection"),
    Kind("quyet-dinh-doan-chung", "QĐ", "Quyết định", "Quyết định lập các đoàn kiểm tra (chung)",
         "Decision setting up the teams (joint)", "year", "inspection"),
    Kind("quyet-dinh-doan", "QĐ", "Quyết định", "Quyết định lập đoàn kiểm tra",
         "Decision setting up a team", "visit", "inspection"),
    Kind("thong-bao", "TB", "Thông báo", "Thông báo kiểm tra gửi đơn vị",
         "Notice of inspection to the unit", "visit", "inspection"),
    Kind("de-cuong", "", "Đề cương", "Đề cương báo cáo", "Report outline", "year", ""),
    Kind("bien-ban", "", "Biên bản", "Biên bản kiểm tra", "Minutes of inspection", "visit", ""),
    Kind("phieu-ket-qua", "", "Phiếu", "Phiếu kết quả kiểm tra",
         "Result sheet of inspection", "visit", ""),
    Kind("thong-bao-ket-qua", "TB", "Thông báo", "Thông báo kết quả kiểm tra",
         "Notice of results", "visit", "inspection"),
    Kind("theo-doi-khac-phuc", "", "Phiếu", "Phiếu theo dõi khắc phục",
         "Sheet for following up remedies", "year", ""),
    Kind("minh-chung", "BC", "Báo cáo", "Minh chứng Chỉ số cải cách hành chính",
         "Evidence for the PAR index", "year", ""),
    Kind("dieu-chinh", "QĐ", "Quyết định", "Quyết định điều chỉnh kế hoạch kiểm tra",
         "Decision amending the inspection plan", "year", "inspection"),
    Kind("ke-hoach-chuyen-doi", "KH", "Kế hoạch", "Kế hoạch chuyển đổi vị trí công tác",
         "Rotation plan", "year", "rotation"),
    Kind("quyet-dinh-chuyen-doi-chung", "QĐ", "Quyết định", "Quyết định chuyển đổi theo đợt (chung)",
         "Rotation decision of a wave (joint)", "wave", "rotation"),
    Kind("quyet-dinh-chuyen-doi", "QĐ", "Quyết định", "Quyết định chuyển đổi từng người",
         "Rotation decision of a person", "person", "rotation"),
    Kind("ban-giao", "", "Biên bản", "Biên bản bàn giao", "Minutes of handover", "person", ""),
    Kind("bao-cao-chuyen-doi", "BC", "Báo cáo", "Báo cáo kết quả chuyển đổi vị trí công tác",
         "Report on the rotation of posts", "year", ""),
    Kind("phieu-trinh", "", "Phiếu trình", "Phiếu trình: nguồn cần kiểm tra lại, phần còn thiếu",
         "Covering sheet: sources to be checked, what is missing", "year", ""),
)  # fmt: skip
BY_KEY = {kind.key: kind for kind in KINDS}
KEYS = frozenset(BY_KEY)
OF_YEAR = tuple(k.key for k in KINDS[:11])
OF_ROTATION = tuple(k.key for k in KINDS[11:16])
