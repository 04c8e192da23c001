"""Names of bodies as others write them: which of our units they mean, and when nobody can know."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from api.benches.names import measured
from data.faults import DatasetError
from data.matching.names import Units
from data.matching.old_names import OldName, office_names, over, reference_names
from data.matching.words import readings
from data.records import Unit
from data.sample.spellings import spellings
from data.tables import read_dataset


@cache
def city():
    office = read_dataset(Path(str(files("data") / "city")), needed=("units",)).office()
    return office.units, Units(office.units, reference_names())


def meant(text):
    units, known = city()
    names = {unit.unit_id: unit.name for unit in units}
    return names.get(known.propose(text).unit_id, "")


def test_two_thousand_made_up_spellings_are_matched_and_no_sure_one_is_wrong():
    found = measured(seed=11)
    assert found["names"] == 2_000
    assert found["precision"] >= 0.98
    assert found["recall"] >= 0.98
    assert found["sure"] > 1_000
    assert found["sure_wrong"] == 0
    assert found["recall"] > 2 * found["folded_recall"]  # the noise is real


def test_spellings_are_the_same_for_a_seed_and_other_for_another():
    units, _ = city()
    one, again, other = (spellings(units, reference_names(), 50, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert {spelling.what for spelling in spellings(units, reference_names(), 400, 1)} == {
        "unit", "old", "department", "district", "stranger",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UBND P. Ba Đình", "Phường Ba Đình"),
        ("phuong hong ha", "Phường Hồng Hà"),
        ("ỦY BAN NHÂN DÂN XÃ PHÚC LỘC, TP. HÀ NỘI", "Xã Phúc Lộc"),
        ("P. Phúc Lợi", "Phường Phúc Lợi"),
        ("Láng", "Phường Láng"),
        ("P.Văn Miếu-Quốc Tử Giám", "Phường Văn Miếu - Quốc Tử Giám"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở NV", "Sở Nội vụ"),
        ("Sở TP", "Sở Tư pháp"),
        ("TT Phục vụ HCC TP", "Trung tâm Phục vụ hành chính công Thành phố"),
        ("Điểm PVHCC phường Hồng Hà", "Điểm Phục vụ hành chính công phường Hồng Hà"),
        ("BQL Khu CNC và KCN", "Ban Quản lý Khu công nghệ cao và Khu công nghiệp Thành phố"),
        ("VP UBND TP", "Văn phòng Ủy ban nhân dân Thành phố"),
        ("Phòng Nghiệp vụ 1 Sở Tư pháp", "Phòng Nghiệp vụ 1, Sở Tư pháp"),
        ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
        ("phường Quán Thánh (Q. Ba Đình)", "Phường Ba Đình"),
        ("Công ty TNHH Ba Đình", ""),
        ("Sở Ngoại giao", ""),
        ("Phường Bến Nghé", ""),
        ("", ""),
        ("...", ""),
    ],
)
def test_a_written_name_means_this_unit(text, name):
    assert meant(text) == name


def test_a_ward_is_not_its_service_point_nor_the_other_way():
    _, known = city()
    ward, point = (
        known.propose(text) for text in ("UBND phường Hồng Hà", "Điểm PVHCC phường Hồng Hà")
    )
    assert ward.unit_id != point.unit_id
    assert ward.sure


def test_an_old_ward_that_was_divided_is_never_sure_and_lists_every_part():
    _, known = city()
    divided = {}
    for row in reference_names():
        if not row.whole:
            divided.setdefault((row.name, row.district), set()).add(row.new)
    units = {unit.unit_id: unit.name for unit in city()[0]}
    for (name, district), parts in list(divided.items())[::9]:
        proposal = known.propose(f"{name}, {district}")
        assert not proposal.sure
        assert {units[c.unit_id] for c in proposal.candidates} >= parts
        assert all(c.part for c in proposal.candidates if units[c.unit_id] in parts)


def test_the_district_decides_between_two_old_communes_of_one_name():
    _, known = city()
    units = {unit.unit_id: unit.name for unit in city()[0]}

    def names(text):
        return {units[c.unit_id] for c in known.propose(text).candidates if c.score > 0.9}

    parts = {}
    for row in reference_names():
        if row.name == "Xã Liên Hà":
            parts.setdefault(row.district, set()).add(row.new)
    assert len(parts) == 2
    for district, new in parts.items():
        assert names(f"UBND xã Liên Hà, {district}") == new
    assert not known.propose("UBND xã Liên Hà").sure


def test_an_old_district_means_all_its_units_and_none_in_particular():
    _, known = city()
    proposal = known.propose("UBND quận Đống Đa")
    assert not proposal.sure
    assert len(proposal.candidates) >= 5
    assert all(c.part for c in proposal.candidates)


def test_the_reference_maps_each_old_ward_to_units_that_exist_and_to_one_with_the_most():
    units = {unit.name for unit in city()[0]}
    places = {}
    for row in reference_names():
        assert row.new in units
        places.setdefault((row.name, row.district), []).append(row)
    wards = {key: rows for key, rows in places.items() if key[1]}
    assert len(wards) == 526
    assert {row.new for rows in wards.values() for row in rows} == {
        unit.name for unit in city()[0] if unit.kind in ("ward", "commune")
    }
    for rows in wards.values():
        assert sum(row.most for row in rows) == 1
        assert rows[0].whole == (len(rows) == 1)


def test_the_offices_own_old_names_stand_over_the_reference(tmp_path):
    path = tmp_path / "old_names.csv"
    path.write_text(
        "Tên cũ,Tên mới\nPhường Quán Thánh,Xã Ba Vì\nBan Thi đua,Sở Nội vụ\n", encoding="utf-8"
    )
    units, _ = city()
    known = Units(units, over(office_names(path), reference_names()))
    names = {unit.unit_id: unit.name for unit in units}
    assert names[known.propose("P. Quán Thánh").unit_id] == "Xã Ba Vì"
    assert names[known.propose("Ban Thi đua").unit_id] == "Sở Nội vụ"
    assert names[known.propose("phường Trúc Bạch").unit_id] == "Phường Ba Đình"
    path.write_text("Tên cũ,Tên mới\n,Sở Nội vụ\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="dòng 2, old_name"):
        office_names(path)


def test_units_of_another_city_need_no_reference():
    units = [Unit("1", "Phường Bến Nghé", "ward"), Unit("2", "Xã Cần Giờ", "commune")]
    known = Units(units, (OldName("Phường Đa Kao", "Quận 1", "Phường Bến Nghé"),))
    assert known.propose("ubnd p. ben nghe").unit_id == "1"
    assert known.propose("P. Đa Kao, Q.1").unit_id == "1"
    assert known.propose("Phường Ba Đình").unit_id == ""


def test_a_name_is_read_in_each_way_it_may_be_meant():
    kinds = [(r.kind, r.plain) for r in readings("TT Tây Đằng")]
    assert ("town", "taydang") in kinds
    assert ("centre", "taydang") in kinds
    (first, *_) = readings("12. UBND P.Hàng Bông (Q. Hoàn Kiếm)", frozenset({"hoankiem"}))
    assert (first.kind, first.plain, first.district) == ("ward", "hangbong", "hoankiem")
