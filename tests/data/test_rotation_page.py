import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from data.exports.cycle_drawing import along, draw, exchanges
from data.exports.rotation_page import DRAWN, rotation_page
from data.exports.rotation_rows import Register, move_rows
from data.records import Move, Office, Position, RotationPlan, Staff, Unit
from data.rulefiles import read_rules
from tests.rotation_plans import CLOSED, rotation_plan

VOID = {"meta", "input"}
PLAN, OFFICE = rotation_plan(60)


class Reader(HTMLParser):
    """Keeps the stack of open tags and every tag with its attributes."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        """Remember the tag and open it."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Remember the tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Close the tag that is open."""
        assert self.stack.pop() == tag, (tag, self.getpos())


def read(html):
    reader = Reader()
    reader.feed(html)
    assert reader.stack == []
    return reader.tags


@pytest.fixture(scope="module")
def page():
    return rotation_page(PLAN, OFFICE)


def section(page, name):
    start = page.index(f'<section id="{name}"')
    return page[start : page.index("</section>", start)]


def test_every_tag_that_opens_closes_and_nothing_is_loaded_from_elsewhere(page):
    tags = read(page)
    assert not re.search(r"https?://|//cdn|@import|url\((?!#)", page)
    assert [(t, a) for t, a in tags if "src" in a or not a.get("href", "#").startswith("#")] == []


def test_both_languages_say_equally_much(page):
    langs = [a["lang"] for tag, a in read(page) if tag in ("span", "tspan") and "lang" in a]
    assert langs.count("vi") == langs.count("en") > 50


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_language_asked_for_is_the_one_shown_first(lang):
    tags = read(rotation_page(PLAN, OFFICE, lang))
    assert [a["id"] for tag, a in tags if tag == "input" and "checked" in a] == [f"lang-{lang}"]


def test_every_move_is_in_the_list_once_nearest_limit_first(page):
    listed = re.findall(r"<small>(NV\d+)</small>", section(page, "list"))
    assert sorted(listed) == sorted(m.staff_id for m in PLAN.moves)
    days = re.findall(
        r'<td class="d">(\d\d)/(\d\d)/(\d{4})</td><td class="m', section(page, "list")
    )
    assert days == sorted(days, key=lambda d: d[::-1])


def test_every_exchange_is_drawn_with_an_arrow_for_each_move(page):
    drawn = section(page, "cycles")
    assert drawn.count("<figure") == len({m.cycle_id for m in PLAN.moves})
    assert len(re.findall(r'<path d="M\d+ \d+[vh]', drawn)) == len(PLAN.moves)


def test_a_closed_wave_says_why_and_holds_no_bar(page):
    rows = [r for r in section(page, "waves").split("<tr") if r.startswith(' class="shut"')]
    assert len(rows) == len(CLOSED)
    for row, why in zip(rows, CLOSED.values(), strict=True):
        assert why["vi"] in row
        assert why["en"] in row
        assert "stack" not in row


def test_everybody_without_a_place_is_named_with_reason_rules_and_relaxation(page):
    shown = section(page, "unplaced")
    for row in PLAN.unplaced:
        assert row.staff_id in shown
    title = next(row.title_vi for row in read_rules() if row.id == "move.unit-share")
    assert shown.count(title) == shown.count("thêm 3 điểm") == len(PLAN.unplaced)
    assert "move.unit-share" not in shown


def test_a_goal_without_a_bound_claims_none_and_a_proven_one_says_so(page):
    shown = section(page, "goals")
    assert shown.count("✓") == 1
    assert shown.count("chưa tìm được cận") == 1
    assert "7,4" in shown


def test_a_name_that_is_markup_stays_text():
    nasty = "<script>alert(1)</script>\"'&"
    move = PLAN.moves[0]
    office = Office(
        units=(Unit("U1", nasty, "ward"),),
        positions=(Position(move.to_position, "U1", nasty, "specialist", "x"),),
        staff=(Staff(move.staff_id, nasty, date(1980, 1, 1), "male", "c", "x", "specialist"),),
    )
    facts = {**PLAN.facts, "title": "</title><b>x", "reading": nasty, "owner": nasty}
    html = rotation_page(
        replace(PLAN, moves=(replace(move, reason=nasty, cycle_id=nasty),), facts=facts), office
    )
    assert "<script>alert" not in html
    assert "</title><b>" not in html
    read(html)


def test_the_page_knows_nothing_of_the_solvers_seconds(page):
    assert rotation_page(replace(PLAN, facts={**PLAN.facts, "seconds": 99.125}), OFFICE) == page


def test_a_plan_without_facts_has_a_page_too():
    html = rotation_page(RotationPlan(2027, PLAN.moves[:2], (), {}), Office())
    read(html)
    assert PLAN.moves[0].staff_id in html


def test_a_plan_of_nothing_has_a_page_that_claims_nothing():
    html = rotation_page(RotationPlan(2027, (), (), {}), Office())
    read(html)
    assert "đều có vị trí mới" not in html[: html.index("<main>")]


def test_5000_moves_stay_under_eight_megabytes_and_all_are_listed():
    plan, office = rotation_plan(5000)
    html = rotation_page(plan, office)
    assert len(html.encode()) < 8_000_000
    assert html.count("<figure") == min(DRAWN, len({m.cycle_id for m in plan.moves}))
    assert section(html, "list").count("<tr>") == 5000 + 1


def rows(*pairs):
    moves = [
        Move(f"{n}", f"S{n}", left, taken, 3, date(2027, 3, 15), "transfer", "C", "cycle", 1, None)
        for n, (left, taken) in enumerate(pairs)
    ]
    return move_rows(moves, Register(Office(), date(2027, 1, 1)))


def chain_of(ordered):
    return [(r.move.from_position, r.move.to_position) for r in ordered]


def test_a_shuffled_cycle_is_drawn_in_the_order_of_its_arrows_and_closes():
    ordered = along(rows(("a", "b"), ("c", "a"), ("b", "c")))
    assert chain_of(ordered) == [("a", "b"), ("b", "c"), ("c", "a")]
    picture = draw(ordered)
    assert [stop.empty for stop in picture.stops] == [False, False, False]
    assert "V" in picture.arrows[-1]


def test_a_chain_starts_with_the_tail_and_ends_in_the_vacancy():
    ordered = along(rows(("b", "empty"), ("a", "b")))
    assert chain_of(ordered) == [("a", "b"), ("b", "empty")]
    assert [stop.empty for stop in draw(ordered).stops] == [False, False, True]


def test_a_recruit_comes_from_outside():
    stops = draw(along(rows(("a", "b"), ("", "a")))).stops
    assert [stop.outside for stop in stops] == [True, False, False]


def test_a_cycle_broken_by_an_edit_is_drawn_as_it_stands():
    picture = draw(along(rows(("a", "b"), ("x", "y"))))
    assert [stop.empty for stop in picture.stops] == [False, True, False, True]
    assert len(picture.arrows) == 2
    assert len(draw(along(rows(("a", "a")))).stops) == 1


def test_moves_without_a_cycle_are_exchanges_of_their_own():
    loose = [replace(r, move=replace(r.move, cycle_id="")) for r in rows(("a", "b"), ("b", "a"))]
    assert [len(group) for group in exchanges(loose)] == [1, 1]


def test_a_joint_proposal_calls_people_by_name():
    one, other = (OFFICE.staff[n] for n in (0, 1))
    single = [{"units": [], "staff": [one.staff_id, other.staff_id],
               "proposal": f"{one.staff_id} sang Xã Hai; {other.staff_id}0 ở lại"}]  # fmt: skip
    shown = section(
        rotation_page(replace(PLAN, facts={**PLAN.facts, "single": single}), OFFICE), "spared"
    )
    assert f"{one.name} sang Xã Hai; {other.staff_id}0 ở lại" in shown


def test_a_goal_with_a_gap_is_never_called_best_even_where_rounding_hides_it():
    goal = {"name": "late", "value": 5, "bound": 5, "gap": 0.02, "condition": "any plan"}
    html = rotation_page(replace(PLAN, facts={**PLAN.facts, "goals": [goal]}), OFFICE)
    assert "✓" not in section(html, "goals")


def test_a_section_names_its_body_once():
    body, bare = Unit("S", "Sở Một", "department"), Unit("A", "Văn phòng", "section", parent_id="S")
    full = Unit("B", "Phòng Hai, Sở Một", "section", parent_id="S")
    register = Register(Office(units=(body, bare, full)), date(2027, 1, 1))
    assert [register.unit(u) for u in ("A", "B", "?")] == [
        "Văn phòng, Sở Một", "Phòng Hai, Sở Một", "?",
    ]  # fmt: skip


def test_a_gap_beyond_the_value_is_told_as_a_number_not_as_a_share():
    goal = {"name": "wishes", "value": -1, "bound": -115, "gap": 114.0, "condition": "any plan"}
    shown = section(
        rotation_page(replace(PLAN, facts={**PLAN.facts, "goals": [goal]}), OFFICE), "goals"
    )
    assert "tối đa 114" in shown
    assert "%" not in shown[: shown.index("Chi phí chung")].split("gapcell")[1]
