from data.collation import person_key, vietnamese_key


def test_letters_decide_before_tones():
    assert sorted(["Bà Ho", "Ba Hoa", "Bá Ha"], key=vietnamese_key) == ["Ba Hoa", "Bà Ho", "Bá Ha"]


def test_d_with_a_stroke_follows_every_plain_d():
    names = ["Đa Phúc", "Dương Nội", "Dân Hòa", "Đan Phượng"]
    assert sorted(names, key=vietnamese_key) == ["Dân Hòa", "Dương Nội", "Đa Phúc", "Đan Phượng"]


def test_tones_stand_in_dictionary_order():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=vietnamese_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ",
    ]  # fmt: skip


def test_composed_and_decomposed_text_sort_alike():
    assert vietnamese_key("Đống Đa") == vietnamese_key("Đống Đa")


def test_numbers_sort_by_value():
    assert sorted(["Xã 10", "Xã 2", "Xã"], key=vietnamese_key) == ["Xã", "Xã 2", "Xã 10"]


def test_people_sort_by_given_name_then_family_name():
    names = ["Vũ Thị Hà", "Lê Văn Ánh", "Đỗ Văn Hà", "Trần An"]
    assert sorted(names, key=person_key) == ["Trần An", "Lê Văn Ánh", "Đỗ Văn Hà", "Vũ Thị Hà"]


def test_a_name_without_letters_still_sorts():
    assert sorted(["?", "", "An"], key=person_key)[-1] == "An"
