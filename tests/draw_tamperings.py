"""A good record with everything in it, and what people could do to it afterwards.

The forger holds every key: lines are chained anew, signed anew and drawn anew where a tampering says so.
"""

import hashlib
import json
from datetime import date, timedelta
from functools import cache

from data.draws import beacons
from data.draws.keys import open_key
from scheduler.journeys import draws
from scheduler.surprise.draw import (
    canonical,
    day_secret,
    digest,
    draw,
    outcome_hash,
    seed_of,
)
from tests.draw_seasons import (
    beacon,
    commit,
    custodians,
    days_of,
    desk,
    lines,
    made,
    release,
    reveal,
    run,
    secret,
    set_up,
    teams_out,
)

CALENDAR = ["lottery -1 18:35 20", "drand 0 06:30 64", "dice 0 07:00 25"]
SIGNATURE = (
    "b44679b9a59af2ec876b1a6b1ad52ea9"  # stands for a round of 2027, which nobody can sign today
)


@cache
def record():
    """Folder of a season of two quarters: six days, five of them opened, one without a draw."""
    folder = made("draw-record-")
    trial = {"surprise.rates": {"cap": 30}, "surprise.protocol": {"beacons": CALENDAR}}
    season = set_up(folder, date(2027, 3, 26), date(2027, 4, 2), trial=trial)
    first, again, without, late, april, closed = days = days_of(season)
    for day in (first, again):
        commit(season, day)
        if day == again:
            commit(season, day, "18:00", reason="tổ T01 ốm", keys=tuple(custodians(season)), seed=7)
        run(season, day)
        for team in teams_out(season, day):
            release(season, day, team)
    spare = sorted({t["team"] for t in lines(season)[0]["teams"]} - {*teams_out(season, again)})[0]
    draws.substitute(desk(season, again, "09:00"), again, 0, spare, "xe hỏng", custodians(season))
    release(season, again, spare, "09:10")
    draws.no_draw(desk(season, without, "06:00"), without, "bão", custodians(season))
    _late(season, late)
    draws.next_epoch(desk(season, late, "10:00"), *_office(), custodians(season))
    for day in (april, closed):
        commit(season, day)
        run(season, day)
        release(season, day, teams_out(season, day)[0])
    for day in days:
        if day not in (without, closed):
            reveal(season, day, 40)
    return season


def _office():
    from tests.draw_seasons import office

    return office() / "data", office() / "plan"


def _late(season, day):
    """The lottery does not come; a drand round does; one slot falls away."""
    commit(season, day)
    draws.fall_back(desk(season, day, "05:00"), day, "không mở thưởng", custodians(season))
    number = beacons.round_at(desk(season, day, "06:30").now)
    true, beacons._true = beacons._true, lambda number, signature: True
    try:
        run(season, day, "06:31", f"{number}:{SIGNATURE}")
    finally:
        beacons._true = true
    draws.void(desk(season, day, "09:00"), day, 0, "đơn vị cháy", custodians(season))


@cache
def _opened(content, name):
    return open_key(content, secret(name))


class Forger:
    """A copy of a record in the hands of somebody who holds every key."""

    def __init__(self, season):
        self.season, self.folder = season, season / "draws"
        self.lines, self.days = lines(season), [day.isoformat() for day in days_of(season)]
        self.keys = [_opened(file.read_bytes(), file.stem) for file in custodians(season)]

    def at(self, kind, day=None, nth=0):
        """The nth line of a kind, of a day."""
        return [x for x in self.lines if x["type"] == kind and day in (None, x.get("day"))][nth]

    def table(self, day):
        """An opened table."""
        return json.loads((self.folder / "opened" / f"{day}.json").read_bytes())

    def put(self, table):
        """Writes a table in place of an opened one."""
        (self.folder / "opened" / f"{table['day']}.json").write_bytes(canonical(table))

    def write(self):
        """The lines as they are."""
        (self.folder / "log.jsonl").write_bytes(b"".join(canonical(x) + b"\n" for x in self.lines))

    def sign(self, line):
        """The line with two signatures."""
        line.pop("signers", None)
        bare = canonical(line)
        return {
            **line,
            "signers": [{"name": k.public.name, "sig": k.signature(bare)} for k in self.keys],
        }

    def chain(self, sign=True, drawn=False, rehash=()):
        """Numbers, links and (`sign`) signatures anew; `rehash`: tables of these days; `drawn`: outcomes."""
        commits, head = {}, "0" * 64
        for n, line in enumerate(self.lines):
            line |= {"n": n, "prev": head}
            if line["type"] == "commit" and line["day"] in rehash:
                line["input"] = digest(canonical(self.table(line["day"])))
            if line["type"] == "draw":
                line["commit"] = commits.get(line["day"], (0, head))[1]
                if (
                    drawn
                    and line["day"] in commits
                    and (self.folder / "opened" / f"{line['day']}.json").exists()
                ):
                    self.draw(line, *commits[line["day"]])
            if "signers" in line and sign:
                line = self.lines[n] = self.sign(line)
            head = digest(canonical(line))
            if line["type"] == "commit":
                commits[line["day"]] = (line["attempt"], head)
        self.write()

    def draw(self, line, attempt, head):
        """The outcome of a draw line as it would honestly be."""
        secrets = [day_secret(key.master, line["day"], attempt) for key in self.keys]
        seed = seed_of(secrets, line["value"], head)
        drawn = draw(seed, self.table(line["day"]))
        line |= {"outcome": outcome_hash(seed, drawn.outcome), "rejections": drawn.rejections}


def _moved(f, day, to=None):
    """A table in which half of the first unit's tickets are another's."""
    table = f.table(day)
    slot = table["slots"][0]
    other = 1 if to is None else len(slot["units"])
    if to is not None:
        slot["units"].append(to)
        slot["tickets"].append(0)
    half = slot["tickets"][0] // 2
    slot["tickets"][0] -= half
    slot["tickets"][other] += half
    order = sorted(range(len(slot["units"])), key=lambda k: slot["units"][k])
    slot["tickets"] = [slot["tickets"][k] for k in order]
    slot["units"] = [slot["units"][k] for k in order]
    f.put(table)


def swap_target(f):
    line = f.at("draw")
    line["outcome"] = hashlib.sha256(b"somebody else").hexdigest()
    f.write()


def swap_target_and_recompute_the_chain(f):
    f.at("draw")["outcome"] = hashlib.sha256(b"somebody else").hexdigest()
    f.chain()


def move_tickets(f):
    _moved(f, f.days[0])


def move_tickets_and_hash_anew(f):
    _moved(f, f.days[0])
    f.chain(rehash=f.days[:1])


def rewrite_history_consistently(f):
    _moved(f, f.days[0])
    f.chain(rehash=f.days[:1], drawn=True)


def drop_a_day(f):
    f.lines = [x for x in f.lines if x.get("day") != f.days[0]]
    f.chain(drawn=True)


def drop_the_day_without_a_draw(f):
    f.lines = [x for x in f.lines if x.get("day") != f.days[2]]
    f.chain(drawn=True)


def second_attempt_without_signatures(f):
    line = f.at("commit", f.days[1], 1)
    del line["signers"], line["reason"]
    f.chain(drawn=True)


def draw_twice(f):
    place = f.lines.index(f.at("draw"))
    f.lines.insert(place + 1, {**f.lines[place], "value": beacon(days_of(f.season)[0], "1" * 20)})
    f.chain()


def other_secret(f):
    f.at("reveal")["secrets"][0]["secret"] = "ab" * 32
    f.chain()


def other_beacon(f):
    line = f.at("draw")
    line["value"] = line["value"][:-1] + str((int(line["value"][-1]) + 1) % 10)
    f.chain()


def wrong_drand_round(f):
    line = f.at("draw", f.days[3])
    source, number, value = line["value"].split()
    line["value"] = f"{source} {int(number) - 1} {value}"
    f.chain(drawn=True)


def wrong_drand_round_committed(f):
    f.at("commit", f.days[3], 1)["beacon"]["round"] += 1
    line = f.at("draw", f.days[3])
    source, number, value = line["value"].split()
    line["value"] = f"{source} {int(number) + 1} {value}"
    f.chain(drawn=True)


def reused_beacon(f):
    f.at("draw", f.days[1])["value"] = f.at("draw", f.days[0])["value"]
    f.chain(drawn=True)


def later_source_chosen(f):
    rule = f.lines[0]["beacons"][2]
    f.at("commit")["beacon"] = {
        "source": "dice", "at": f"{f.days[0]}T07:00:00+07:00", "digits": rule["digits"],
    }  # fmt: skip
    f.at("draw").update(value=f"dice {f.days[0]} {'1' * 25}", at=f"{f.days[0]}T07:05:00+07:00")
    f.chain(drawn=True)


def changed_code_digest(f):
    f.lines[0]["code"] = "0" * 64
    f.chain(drawn=True)


def changed_verifier(f):
    with (f.folder / "verify_record.py").open("a") as file:
        file.write("# nothing wrong here\n")


def changed_verifier_and_digest(f):
    changed_verifier(f)
    f.lines[0]["code"] = digest((f.folder / "verify_record.py").read_bytes())
    f.chain(drawn=True)


def unsigned_void(f):
    del f.at("void")["signers"]
    f.chain(sign=False)


def void_signed_by_one(f):
    f.at("void")["signers"].pop()
    f.chain(sign=False)


def void_signed_twice_by_one_person(f):
    line = f.at("void")
    line.pop("signers")
    f.chain(sign=False)
    one = {"name": f.keys[0].public.name, "sig": f.keys[0].signature(canonical(line))}
    line["signers"] = [one, one]
    f.chain(sign=False)


def one_signs_in_the_other_s_name(f):
    line = f.at("void")
    del line["signers"]
    sig = f.keys[0].signature(canonical(line))
    line["signers"] = [{"name": key.public.name, "sig": sig} for key in f.keys]
    f.chain(sign=False)


def one_custodian_under_two_names(f):
    for part in ("sign", "root"):
        f.lines[0]["custodians"][1][part] = f.lines[0]["custodians"][0][part]
    f.chain(drawn=True)


def swapped_days(f):
    places = [f.lines.index(f.at("draw", day)) for day in f.days[:2]]
    first, second = (f.lines[place] for place in places)
    f.lines[places[0]] = {**second, "day": first["day"], "at": first["at"]}
    f.lines[places[1]] = {**first, "day": second["day"], "at": second["at"]}
    f.chain()


def swapped_order_of_days(f):
    place, other = (f.lines.index(f.at("draw", day)) for day in (f.days[0], f.days[1]))
    f.lines[place], f.lines[other] = f.lines[other], f.lines[place]
    f.chain()


def truncated_tail(f):
    f.lines = f.lines[:-3]
    f.chain()


def edited_reason(f):
    f.at("void")["reason"] = "đơn vị bận"
    f.chain(sign=False)


def empty_reason(f):
    f.at("no-draw")["reason"] = " "
    f.chain()


def forged_signature(f):
    sig = f.at("no-draw")["signers"][0]
    sig["sig"] = sig["sig"][:-1] + ("0" if sig["sig"][-1] != "0" else "1")
    f.chain(sign=False)


def epoch_jump(f):
    table = f.table(f.days[4])
    table["rates"][0] = table["rates"][0] * 5 // 4
    f.put(table)
    f.at("epoch", nth=1)["rates"] = digest(canonical(table["rates"]))
    f.chain(rehash=f.days[4:5], drawn=True)


def other_rates_before(f):
    table = f.table(f.days[4])
    table["before"][0] *= 2
    table["rates"][0] *= 2
    f.put(table)
    f.at("epoch", nth=1)["rates"] = digest(canonical(table["rates"]))
    f.chain(rehash=f.days[4:5], drawn=True)


def ticket_on_a_barred_unit(f):
    table = f.table(f.days[0])
    able = {*range(len(table["units"]))} - {*table["slots"][0]["units"]}
    _moved(f, f.days[0], min(able))
    f.chain(rehash=f.days[:1], drawn=True)


def a_ticket_too_few(f):
    table = f.table(f.days[0])
    table["slots"][0]["tickets"][-1] -= 1
    f.put(table)
    f.chain(rehash=f.days[:1], drawn=True)


def fewer_slots(f):
    table = f.table(f.days[0])
    table["slots"].pop()
    f.put(table)
    f.chain(rehash=f.days[:1], drawn=True)


def unit_added_to_the_list(f):
    table = f.table(f.days[0])
    table["units"].append("zzz")
    f.put(table)
    f.chain(rehash=f.days[:1], drawn=True)


def commit_after_the_beacon(f):
    f.at("commit")["at"] = f.at("draw")["at"]
    f.chain(drawn=True)


def drawn_before_the_beacon(f):
    f.at("draw", f.days[0])["at"] = f.at("commit")["at"]
    f.chain()


def reveal_of_another_day_s_secret(f):
    one, other = f.at("reveal", f.days[0]), f.at("reveal", f.days[1])
    one["secrets"], other["secrets"] = other["secrets"], one["secrets"]
    f.chain()


def one_secret_left_out(f):
    f.at("reveal")["secrets"].pop()
    f.chain()


def revealed_on_its_own_day(f):
    line = f.at("reveal")
    f.lines.remove(line)
    f.lines.insert(
        f.lines.index(f.at("draw", f.days[1])), {**line, "at": f.at("commit", f.days[1], 1)["at"]}
    )
    f.chain(drawn=True)


def edited_substitution(f):
    line = f.at("substitution")
    line["to"] = next(
        t["team"] for t in f.lines[0]["teams"] if t["team"] not in (line["to"], line["from"])
    )
    f.chain(sign=False)


def released_to_a_team_that_was_not_drawn(f):
    line = f.at("release")
    line["team"] = (
        f.at("substitution")["to"] if f.at("substitution")["to"] != line["team"] else "T99"
    )
    f.chain()


def line_inserted(f):
    f.lines.insert(4, {**f.lines[3], "type": "incident"})
    f.write()


def line_time_set_back(f):
    line = f.at("substitution")
    line["at"] = (desk(f.season, date.fromisoformat(f.days[0])).now - timedelta(days=9)).isoformat()
    f.chain()


def released_before_departure(f):
    line = f.at("release", f.days[4])
    line["at"] = line["at"].replace("T08:30", "T07:59")
    f.chain()


def released_after_the_slot_was_voided(f):
    line = f.at("void")
    place = f.lines.index(line)
    extra = {
        "type": "release",
        "day": line["day"],
        "slot": line["slot"],
        "team": "T01",
        "at": line["at"],
    }
    f.lines.insert(place + 1, extra)
    f.chain()


def opened_table_missing(f):
    (f.folder / "opened" / f"{f.days[0]}.json").unlink()


def envelopes_changed(f):
    file = f.folder / "sealed" / f"{f.days[5]}.envelopes"
    file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))


def rejections_changed(f):
    f.at("draw")["rejections"] += 1
    f.chain()


def line_spelt_otherwise(f):
    f.write()
    file = f.folder / "log.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"', b' "', 1))


def lines_ends_of_windows(f):
    file = f.folder / "log.jsonl"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))


def last_line_cut(f):
    file = f.folder / "log.jsonl"
    file.write_bytes(file.read_bytes()[:-9])


ONLY_WITH_ANCHORS = [rewrite_history_consistently, truncated_tail]
TAMPERINGS = [
    swap_target, swap_target_and_recompute_the_chain, move_tickets, move_tickets_and_hash_anew,
    drop_a_day, drop_the_day_without_a_draw, second_attempt_without_signatures, draw_twice,
    other_secret, other_beacon, wrong_drand_round, wrong_drand_round_committed, reused_beacon,
    later_source_chosen, changed_code_digest, changed_verifier, changed_verifier_and_digest,
    unsigned_void, void_signed_by_one, void_signed_twice_by_one_person, one_signs_in_the_other_s_name,
    one_custodian_under_two_names, swapped_days, swapped_order_of_days, edited_reason, empty_reason,
    forged_signature, epoch_jump, other_rates_before, ticket_on_a_barred_unit, a_ticket_too_few,
    fewer_slots, unit_added_to_the_list, commit_after_the_beacon, drawn_before_the_beacon,
    reveal_of_another_day_s_secret, one_secret_left_out, revealed_on_its_own_day, edited_substitution,
    released_to_a_team_that_was_not_drawn, line_inserted, line_time_set_back, released_before_departure,
    released_after_the_slot_was_voided, opened_table_missing, envelopes_changed, rejections_changed,
    line_spelt_otherwise, lines_ends_of_windows, last_line_cut,
]  # fmt: skip
