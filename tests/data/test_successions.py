"""The succession table as users write it."""

import pytest

from data.faults import DatasetError
from data.tables import read_dataset

POSITIONS = "position_id,unit_id,title,rank_group,profession\nP1,U1,Kế toán,specialist,kế toán\n"


def written(folder, successions):
    return folder(positions=POSITIONS, successions=successions)


def test_yes_and_no_are_read_in_either_language(folder):
    path = written(
        folder,
        "Ngày sắp xếp,Mã đơn vị mới,Mã vị trí mới,Tiếp tục việc cũ,Sự việc\n"
        "01/03/2025,U1,,có,Sáp nhập\n2025-07-01,,P1,no,\n2025-07-01,U2,,yes,\n2025-07-02,U2,,không,\n",
    )
    office = read_dataset(path).office()
    assert [row.continues for row in office.successions] == [True, False, True, False]
    assert (office.successions[0].unit_id, office.successions[0].event) == ("U1", "Sáp nhập")


def test_an_answer_for_nobody_is_a_fault_of_its_row(folder):
    path = written(folder, "date,unit_id,continues\n2025-03-01,U1,yes\n2025-03-01,,yes\n")
    with pytest.raises(DatasetError) as refused:
        read_dataset(path)
    assert [(fault.table, fault.row) for fault in refused.value.faults] == [("successions", 3)]


def test_an_answer_left_open_is_a_fault(folder):
    path = written(folder, "date,unit_id,continues\n2025-03-01,U1,\n2025-03-01,U9,yes\n")
    with pytest.raises(DatasetError) as refused:
        read_dataset(path)
    places = [(fault.row, fault.column) for fault in refused.value.faults]
    assert places == [(2, "continues"), (3, "unit_id")]
