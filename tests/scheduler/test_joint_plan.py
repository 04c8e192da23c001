"""Joint plans for single posts: everybody due once, lawful rings, the word where nobody is found."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.calendar import WorkCalendar
from data.catalogue import read_catalogue
from data.rulefiles import read_rules
from data.sample import sample_tables, write_dataset
from data.tables import read_dataset
from scheduler.joint_case import joint_proposals, single_posts
from scheduler.joint_pairs import Swaps
from scheduler.joint_plan import JointPrices, SinglePost, joint_plan, proposal_rows
from scheduler.rotation_case import rotation_case
from scheduler.rulebook import in_force

if TYPE_CHECKING:
    from pathlib import Path

PRICES = JointPrices(adjacent=100, helper=40)


def post(name: str, **more: Any) -> SinglePost:
    """A single post of an accountant in a commune of its own."""
    usual = {
        "position_id": f"VT-{name}", "staff_id": name, "name": name, "unit_id": f"Xã {name}",
        "unit_name": f"Xã {name}", "title": "Kế toán", "profession": "kế toán",
        "rank_group": "specialist", "due": True, "kind": "commune", "cluster": "Đông",
    }  # fmt: skip
    return SinglePost(**{**usual, **more})


def at(name: str, lat: float, **more: Any) -> SinglePost:
    """The same with home and unit on one line; 0.01 degrees are about 1.1 km."""
    return post(name, lat=lat, lon=105.0, home_lat=lat, home_lon=105.0, **more)


def planned(*posts: SinglePost, barred: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Members and level of each proposal; `barred` is "AB" where A may not go to the unit of B."""
    found = joint_plan(
        posts,
        lambda who, to: who.staff_id + to.staff_id not in barred,
        lambda one, other: one == other or {one, other} == {"kế toán", "kế hoạch"},
        PRICES,
    )
    return [("".join(sorted(m.staff_id for m in p.members)), p.level) for p in found]


def test_two_holders_in_one_cluster_change_places():
    assert planned(post("A"), post("B")) == [("AB", "cluster")]


def test_units_of_the_same_parent_come_first():
    posts = [post("A", parent_id="S"), post("B"), post("C", parent_id="S"), post("D")]
    assert planned(*posts) == [("AC", "parent"), ("BD", "cluster")]


def test_another_cluster_is_looked_at_last():
    posts = [
        post("A"),
        post("B", cluster="Tây"),
        post("C", cluster="Tây"),
        post("D", cluster="Tây"),
    ]
    assert planned(*posts, barred=("BC", "CD", "DB", "CB", "DC", "BD")) == [
        ("AB", "kind"), ("C", ""), ("D", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        {"rank_group": "division_head"}, {"profession": "y tế"}, {"kind": "department"},
        {"unit_id": "Xã A"},
    ],
)  # fmt: skip
def test_another_rank_profession_kind_or_the_same_unit_is_no_equal(other: dict[str, str]):
    assert planned(post("A"), post("B", **other)) == [("A", ""), ("B", "")]


def test_an_adjacent_profession_serves_when_no_equal_is_left():
    posts = [at("A", 21.00), at("B", 21.01, profession="kế hoạch"), at("C", 21.60)]
    assert planned(*posts[:2]) == [("AB", "cluster")]
    assert planned(*posts, at("D", 21.61, profession="kế hoạch")) == [
        ("AC", "cluster"), ("BD", "cluster"),
    ]  # fmt: skip


def test_the_nearest_change_places():
    posts = [at("A", 21.0), at("B", 21.5), at("C", 21.01), at("D", 21.51)]
    assert planned(*posts) == [("AC", "cluster"), ("BD", "cluster")]


def test_a_third_one_joins_instead_of_staying_behind():
    assert planned(post("A"), post("B"), post("C")) == [("ABC", "cluster")]


def test_a_lawful_direction_of_a_cycle_is_found_where_no_pair_is_lawful():
    barred = ("BA", "CB", "AC")  # A to B, B to C, C to A remain
    found = joint_plan(
        [post("A"), post("B"), post("C")],
        lambda who, to: who.staff_id + to.staff_id not in barred, lambda *_: True, PRICES,
    )  # fmt: skip
    assert ["".join(m.staff_id for m in p.members) for p in found] == ["ABC"]


def test_a_pair_is_taken_apart_so_that_two_more_get_a_place():
    near = [at("A", 21.0), at("B", 21.01), at("C", 21.2), at("D", 21.3)]
    assert planned(*near, barred=("CD", "DC", "AD", "BC")) == [("AC", "cluster"), ("BD", "cluster")]


def test_somebody_not_due_moves_along_only_when_needed():
    assert planned(post("A"), post("B"), post("C", due=False)) == [("AB", "cluster")]
    assert planned(post("A"), post("C", due=False)) == [("AC", "cluster")]
    assert planned(post("C", due=False), post("D", due=False)) == []


def test_the_word_says_who_decides_and_by_which_article():
    found = joint_plan(
        [post("A", parent_id="S", parent_name="Sở S"), post("B", parent_id="S", parent_name="Sở S"),
         post("Z", kind="agency")],
        lambda *_: True, lambda *_: True, PRICES,
    )  # fmt: skip
    together, alone = (p.proposal.say("vi") for p in found)
    assert "Sở S" in together
    assert "Điều 39, khoản 1" in together
    assert "Điều 25, khoản 3" in alone
    assert [row["staff"] for row in proposal_rows(found)] == [["A", "B"], ["Z"]]


holders = st.lists(
    st.builds(
        lambda unit, cluster, rank, due, lat: {
            "unit_id": unit, "cluster": cluster, "rank_group": rank, "due": due,
            "lat": lat, "lon": 105.0, "home_lat": lat, "home_lon": 105.1,
        },
        st.sampled_from("uvwxyz"), st.sampled_from(["Đông", "Tây", ""]),
        st.sampled_from(["specialist", "employee"]), st.booleans(), st.floats(20, 22),
    ),
    max_size=12,
)  # fmt: skip


@given(holders, st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40))
def test_everybody_due_stands_exactly_once_and_every_ring_is_lawful(
    rows: list[dict[str, Any]], barred: set[tuple[int, int]]
):
    posts = [post(f"{n}", **row) for n, row in enumerate(rows)]

    def may_take(who: SinglePost, to: SinglePost) -> bool:
        return (int(who.staff_id), int(to.staff_id)) not in barred

    found = joint_plan(posts, may_take, lambda one, other: one == other, PRICES)
    seen = Counter(member.staff_id for p in found for member in p.members)
    assert all(count == 1 for count in seen.values())
    assert {p.staff_id for p in posts if p.due} <= set(seen)
    for p in found:
        assert len(p.members) <= 3
        assert any(member.due for member in p.members)
        if len(p.members) > 1:
            for who, to in zip(p.members, (*p.members[1:], p.members[0]), strict=True):
                assert may_take(who, to)
                assert (who.rank_group, who.profession) == (to.rank_group, to.profession)
            assert len({m.unit_id for m in p.members}) >= 2
    alone = [p.members[0] for p in found if len(p.members) == 1]
    for one, other in permutations(alone, 2):
        lawful = may_take(one, other) and may_take(other, one)
        assert not (lawful and one.unit_id != other.unit_id and one.rank_group == other.rank_group)


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda m: m[0] != m[1]),
        st.floats(0, 50), max_size=30,
    ),
    st.frozensets(st.integers(0, 5)),
)  # fmt: skip
def test_rings_use_lawful_moves_only_and_nobody_twice(
    price: dict[tuple[int, int], float], wanted: frozenset[int]
):
    swaps = Swaps(price, wanted, 40)
    rings = swaps.rings()
    members = [who for ring in rings for who in ring]
    assert len(members) == len(set(members))
    assert all(swaps.cost(ring) < float("inf") and set(ring) & wanted for ring in rings)


def test_the_sample_city_gets_a_proposal_for_every_single_post_that_is_due(tmp_path: Path):
    dataset = read_dataset(write_dataset(sample_tables(60, 16, 900, seed=3), tmp_path))
    on, office = date(2027, 1, 1), dataset.office()
    case = rotation_case(
        office, dataset.tables, WorkCalendar(office.calendar), in_force(read_rules(), on),
        read_catalogue(on), 2027, on,
    )  # fmt: skip
    due = {p.staff_id for p in single_posts(case) if p.due}
    assert due == set(case.part("single"))
    assert due
    found = joint_proposals(case)
    assert due <= {member.staff_id for p in found for member in p.members}
    assert sum(len(p.members) > 1 for p in found) >= 5
