"""Units: the real bodies of Hanoi, then made-up provinces; a service point beside every commune."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.sample.shape import decimals

if TYPE_CHECKING:
    from data.sample.shape import Shape

KINDS = {
    "so": "department", "co_quan_ngang_so": "agency", "to_chuc_hanh_chinh_dac_thu": "agency",
    "phuong": "ward", "xa": "commune",
}  # fmt: skip
PROVINCE_SIZE = 100  # made-up provinces: so many bodies each
DEPARTMENTS = {
    "VPUB": ("Văn phòng Ủy ban nhân dân", "agency"), "SNV": ("Sở Nội vụ", "department"),
    "STP": ("Sở Tư pháp", "department"), "STC": ("Sở Tài chính", "department"),
    "SCT": ("Sở Công Thương", "department"),
    "SNNMT": ("Sở Nông nghiệp và Môi trường", "department"),
    "SXD": ("Sở Xây dựng", "department"), "SKHCN": ("Sở Khoa học và Công nghệ", "department"),
    "SVHTT": ("Sở Văn hóa và Thể thao", "department"), "SYT": ("Sở Y tế", "department"),
    "SGDDT": ("Sở Giáo dục và Đào tạo", "department"), "TTTP": ("Thanh tra", "agency"),
}  # fmt: skip
# A walk from the north to the south, along which made-up provinces are laid (latitude, longitude).
_WALK = np.array([
    (22.5, 104.5), (21.8, 105.9), (21.0, 105.8), (20.2, 105.9), (19.0, 105.3), (17.8, 106.2),
    (16.4, 107.4), (15.2, 108.5), (13.9, 108.6), (12.4, 108.5), (11.4, 107.3), (10.6, 106.6),
    (10.1, 105.6), (9.3, 105.2),
])  # fmt: skip


@dataclass(frozen=True)
class Body:
    """A unit before it becomes a row; `trade` says what its posts are about."""

    unit_id: str
    name: str
    kind: str
    cluster: str
    lat: float
    lon: float
    people: float  # thousands of inhabitants; 0 for a department
    trade: str


def make_units(shape: Shape) -> pd.DataFrame:
    """Units with `lat`, `lon` and `headcount` as numbers and helper columns `trade` and `people`.

    The first rows are the bodies in scope; their service points follow, in the same order.
    """
    bodies = _real(shape.units)
    missing = shape.units - len(bodies)
    for n in range(1, -(-missing // PROVINCE_SIZE) + 1):
        bodies += _province(shape, n, min(PROVINCE_SIZE, missing - (n - 1) * PROVINCE_SIZE))
    frame = pd.DataFrame(bodies)
    frame["parent_id"] = ""
    frame["in_scope"] = True
    frame["headcount"] = _headcounts(shape, frame)
    return pd.concat([frame, _points(shape, frame)], ignore_index=True)


def units_table(units: pd.DataFrame) -> pd.DataFrame:
    """The table `units` as text."""
    columns = ["unit_id", "name", "kind", "parent_id", "cluster"]
    table = units[columns].copy()
    table["lat"] = decimals(units["lat"].to_numpy(), 5)
    table["lon"] = decimals(units["lon"].to_numpy(), 5)
    table["headcount"] = units["headcount"].astype(str)
    table["in_scope"] = np.where(units["in_scope"], "true", "false")
    return table


@cache
def _reference() -> tuple[Body, ...]:
    text = (files("data") / "reference" / "units.csv").read_text(encoding="utf-8")
    bodies = []
    for row in csv.DictReader(text.splitlines()):
        kind = KINDS[row["kind"]]
        office = kind in ("department", "agency")
        trade = row["code"].split("-")[1] if office else "commune"
        people = float(row["population_2025"] or 0) / 1000
        place = float(row["lat"]), float(row["lon"])
        bodies.append(
            Body(row["code"], row["name_vi"], kind, row["former_district"], *place, people, trade)
        )
    return tuple(bodies)


def _real(wanted: int) -> list[Body]:
    """The real bodies, thinned evenly when fewer are wanted."""
    offices = [b for b in _reference() if b.trade != "commune"]
    communes = [b for b in _reference() if b.trade == "commune"]
    if wanted >= len(offices) + len(communes):
        return offices + communes
    n_offices = max(4, round(wanted * len(offices) / (len(offices) + len(communes))))
    step = len(communes) / (wanted - n_offices)
    return offices[:n_offices] + [communes[int(i * step)] for i in range(wanted - n_offices)]


def _province(shape: Shape, n: int, size: int) -> list[Body]:
    rng = shape.rng(f"province {n}")
    lat, lon = _centre(n)
    offices = [
        Body(f"T{n:02}-{code}", f"{name} tỉnh Mẫu {n:02}", kind, f"Tỉnh lỵ Mẫu {n:02}",
             lat + rng.normal(0, 0.01), lon + rng.normal(0, 0.01), 0.0, code)
        for code, (name, kind) in list(DEPARTMENTS.items())[: max(1, size // 8)]
    ]  # fmt: skip
    n_communes = size - len(offices)
    dlat, dlon = rng.normal(0, 0.14, n_communes), rng.normal(0, 0.14, n_communes)
    groups = max(1, n_communes // 5)
    group = (np.argsort(np.argsort(np.arctan2(dlat, dlon))) * groups // max(1, n_communes)) + 1
    ward = rng.random(n_communes) < 0.3
    people = rng.gamma(9, 4.5, n_communes) + 6
    first = (n - 1) * PROVINCE_SIZE
    communes = [
        Body(f"M{first + i + 1:05}", f"{'Phường' if ward[i] else 'Xã'} Mẫu {first + i + 1:03}",
             "ward" if ward[i] else "commune", f"Cụm Mẫu {n:02}-{group[i]:02}",
             lat + dlat[i], lon + dlon[i], people[i], "commune")
        for i in range(n_communes)
    ]  # fmt: skip
    return offices + communes


def _centre(n: int) -> tuple[float, float]:
    """Where the n-th made-up province lies: from around Hanoi outwards along the walk."""
    legs = np.hypot(*np.diff(_WALK, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(legs)])
    at = (along[2] + 0.42 * n) if n % 5 else (along[2] - 0.12 * n)
    at = float(np.clip(at, 0.0, along[-1]))
    return float(np.interp(at, along, _WALK[:, 0])), float(np.interp(at, along, _WALK[:, 1]))


def _headcounts(shape: Shape, frame: pd.DataFrame) -> np.ndarray:
    rng = shape.rng("headcount")
    office = (frame["people"] == 0).to_numpy()
    large = rng.integers(90, 340, len(frame))
    small = np.clip(40 + frame["people"].to_numpy() / 3.2 + rng.normal(0, 5, len(frame)), 28, 120)
    return np.where(office, large, small).astype(np.int64)


def _points(shape: Shape, frame: pd.DataFrame) -> pd.DataFrame:
    communes = frame[frame["trade"] == "commune"]
    points = communes.copy()
    points["parent_id"] = communes["unit_id"]
    points["unit_id"] = "D" + communes["unit_id"]
    lower = communes["name"].str[0].str.lower() + communes["name"].str[1:]
    points["name"] = "Điểm Phục vụ hành chính công " + lower
    points["kind"] = "service_point"
    points["trade"] = "point"
    points["in_scope"] = False
    points["headcount"] = shape.rng("points").integers(5, 13, len(points))
    return points
