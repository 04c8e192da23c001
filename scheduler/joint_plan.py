"""Joint plans for single posts: whose holder may change places with whom, and who decides on it.

A post that is the only one of its kind in a unit, with no equal in the sibling units, cannot rotate
inside the unit. The head of the body directly above draws a joint plan (NĐ 59/2019 art. 39.1); where
nobody equivalent is found, the head of the unit asks the competent authority (PCTN art. 25.3).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.words import Message
from scheduler.joint_pairs import Swaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

NEAREST = 24  # partners looked at for each person: the nearest ones
EARTH_KM = 6371.0


@dataclass(frozen=True)
class SinglePost:
    """A single post with its holder; `due` is somebody who has to be moved, others may be."""

    position_id: str
    staff_id: str
    name: str
    unit_id: str
    unit_name: str
    title: str
    profession: str
    rank_group: str
    due: bool
    kind: str = ""  # of the unit
    parent_id: str = ""
    parent_name: str = ""
    cluster: str = ""
    lat: float | None = None  # of the unit
    lon: float | None = None
    home_lat: float | None = None
    home_lon: float | None = None


@dataclass(frozen=True)
class JointProposal:
    """One exchange for the superior body to decide on, or the word that there is none.

    `members` change places in a ring: each takes the post of the next one. A single member is somebody
    for whom nobody equivalent was found. `level` says how far one had to look: parent, cluster, kind
    (units of one kind anywhere), or "" for nobody.
    """

    members: tuple[SinglePost, ...]
    level: str
    km: tuple[float | None, ...]  # from home to the new unit, for each member
    proposal: Message


@dataclass(frozen=True)
class JointPrices:
    """What counts like kilometres: an adjacent profession, and somebody who moves without being due."""

    adjacent: float
    helper: float


def joint_plan(
    posts: Sequence[SinglePost],
    may_take: Callable[[SinglePost, SinglePost], bool],
    related: Callable[[str, str], bool],
    prices: JointPrices,
) -> tuple[JointProposal, ...]:
    """Proposals that hold every due holder of a single post exactly once.

    Partners are looked for among the units of the same parent, then among units of the same kind in
    the same cluster, then of the same kind anywhere: pairs, or cycles of three where one would be left
    over, of equal rank and the same or an adjacent profession, in different units; nearest first.

    Parameters
    ----------
    posts : single posts whose holder is due, and those whose holder may be moved along
    may_take : whether the law lets the first one's holder go to the second one's unit (kin, return)
    related : whether two professions are the same or adjacent
    """
    left = dict(enumerate(posts))
    found: list[JointProposal] = []
    for level in ("parent", "cluster", "kind"):
        pools: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, post in left.items():
            key = _pool(post, level)
            if key[0]:
                pools[(*key, post.rank_group)].append(number)
        for members in pools.values():
            for ring in _all_rings([posts[n] for n in members], may_take, related, prices):
                found.append(_exchange([posts[members[k]] for k in ring], level))
                for k in ring:
                    del left[members[k]]
    found += [_alone(post) for post in left.values() if post.due]
    return tuple(found)


def _pool(post: SinglePost, level: str) -> tuple[str, ...]:
    if level == "parent":
        return (post.parent_id,)
    if level == "cluster":
        return (post.cluster, post.kind)
    return (post.kind,)


def _all_rings(
    pool: list[SinglePost],
    may_take: Callable[[SinglePost, SinglePost], bool],
    related: Callable[[str, str], bool],
    prices: JointPrices,
) -> list[tuple[int, ...]]:
    """Rings over a pool; whoever is left over looks once more among those who are."""
    found: list[tuple[int, ...]] = []
    left = list(range(len(pool)))
    while len(left) > 1 and any(pool[n].due for n in left):
        rings = _rings([pool[n] for n in left], may_take, related, prices)
        if not rings:
            break
        found += [tuple(left[k] for k in ring) for ring in rings]
        used = {n for ring in found for n in ring}
        left = [n for n in left if n not in used]
    return found


def _rings(
    pool: list[SinglePost],
    may_take: Callable[[SinglePost, SinglePost], bool],
    related: Callable[[str, str], bool],
    prices: JointPrices,
) -> list[tuple[int, ...]]:
    homes = np.array([(p.home_lat, p.home_lon) for p in pool], dtype=float)
    units = np.array([(p.lat, p.lon) for p in pool], dtype=float)
    by_profession: dict[str, list[int]] = defaultdict(list)
    for number, post in enumerate(pool):
        by_profession[post.profession].append(number)
    price: dict[tuple[int, int], float] = {}
    for one, mine in by_profession.items():
        near = np.array([n for p, ns in by_profession.items() if related(one, p) for n in ns])
        for a in mine:
            if not pool[a].due:
                continue  # met from the other side
            both = kilometres(homes[a], units[near]) + kilometres(homes[near], units[a])
            for b in near[np.argsort(both, kind="stable")][: NEAREST + 1].tolist():
                for who, to in ((a, b), (b, a)):
                    if (who, to) not in price and _lawful(pool[who], pool[to], may_take):
                        km = float(kilometres(homes[who], units[to][None])[0])
                        other = pool[who].profession != pool[to].profession
                        price[who, to] = km + other * prices.adjacent
    wanted = frozenset(n for n, post in enumerate(pool) if post.due)
    return Swaps(price, wanted, prices.helper).rings()


def _lawful(
    who: SinglePost, to: SinglePost, may_take: Callable[[SinglePost, SinglePost], bool]
) -> bool:
    return who.unit_id != to.unit_id and who.staff_id != to.staff_id and may_take(who, to)


def kilometres(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Distance between (latitude, longitude) in degrees; an unknown place counts as no way at all."""
    a, b = np.radians(np.atleast_2d(start)), np.radians(np.atleast_2d(end))
    half = np.sin((b - a) / 2) ** 2
    arc = half[:, 0] + np.cos(a[:, 0]) * np.cos(b[:, 0]) * half[:, 1]
    km = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(arc, 0, 1)))
    return np.where(np.isnan(km), 0.0, km)


def _exchange(members: list[SinglePost], level: str) -> JointProposal:
    km = []
    for who, to in zip(members, (*members[1:], members[0]), strict=True):
        known = None not in (who.home_lat, who.home_lon, to.lat, to.lon)
        places = (who.home_lat, who.home_lon), (to.lat, to.lon)
        way = kilometres(*(np.array(p, dtype=float) for p in places)) if known else None
        km.append(None if way is None else round(float(way[0]), 1))
    steps: Message | None = None
    for who, to in zip(members, (*members[1:], members[0]), strict=True):
        step = Message(
            "{who} ({id}) sang {unit}, vị trí {title}",
            {"who": who.name, "id": who.staff_id, "unit": to.unit_name, "title": to.title},
        )
        steps = Message("{first}; {rest}", {"first": steps, "rest": step}) if steps else step
    same = len({post.profession for post in members}) == 1
    return JointProposal(tuple(members), level, tuple(km), Message(
        "Kế hoạch chuyển đổi chung: {steps}. {match} {decides}",
        {"steps": steps, "match": SAME if same else ADJACENT, "decides": _decides(members[0], level)},
    ))  # fmt: skip


def _decides(post: SinglePost, level: str) -> Message:
    if level == "parent" and post.parent_name:
        return Message(
            "Người đứng đầu {parent} lập kế hoạch và quyết định (Nghị định 59/2019/NĐ-CP, "
            "Điều 39, khoản 1).",
            {"parent": post.parent_name},
        )
    return Message(
        "Không có vị trí tương đương trong các đơn vị cùng cấp trên trực tiếp; người đứng đầu cơ quan "
        "cấp trên của các đơn vị này lập kế hoạch chung và quyết định (Nghị định 59/2019/NĐ-CP, "
        "Điều 39, khoản 1)."
    )


def _alone(post: SinglePost) -> JointProposal:
    return JointProposal((post,), "", (), Message(
        "Không tìm được người giữ vị trí duy nhất tương đương ({title}) ở đơn vị khác. Người đứng đầu "
        "{unit} đề nghị cơ quan có thẩm quyền quyết định (Luật Phòng, chống tham nhũng "
        "36/2018/QH14, Điều 25, khoản 3).",
        {"title": post.title, "unit": post.unit_name},
    ))  # fmt: skip


SAME = Message("Cùng chuyên môn, cùng nhóm chức vụ.")
ADJACENT = Message("Chuyên môn gần nhau (cần kiểm tra lại), cùng nhóm chức vụ.")


def proposal_rows(proposals: Iterable[JointProposal]) -> list[dict[str, object]]:
    """The proposals as plain JSON values: units, staff, km, level, proposal in both languages."""
    return [
        {
            "units": [post.unit_id for post in p.members],
            "staff": [post.staff_id for post in p.members],
            "positions": [post.position_id for post in p.members],
            "level": p.level, "km": list(p.km),
            "proposal": {lang: p.proposal.say(lang) for lang in ("vi", "en")},
        }
        for p in proposals
    ]  # fmt: skip
