"""Kiểm chứng một hồ sơ rút thăm / checks a record of surprise draws. Needs Python 3.9 and nothing else.

    python verify_record.py FOLDER [--anchor N:HASH ...]

FOLDER holds log.jsonl, opened/ (what has been revealed) and perhaps anchors.txt ("N HASH" a line: heads
of the chain that were posted outside; without them a record that was rewritten as a whole looks good).
It shares no code with the program that wrote the record. Exit status: 0 good, 1 problems.
"""

import hashlib
import hmac
import json
import sys
from bisect import bisect_right
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

TICKETS, TRIES = 2**40, 10_000
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032
D = -121665 * pow(121666, P - 2, P) % P


def sha(content):
    return hashlib.sha256(content).hexdigest()


def canon(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def point(octets):
    y = int.from_bytes(octets, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or (x == 0 and sign):
        raise ValueError("not a point")
    x = x if x % 2 == sign else P - x
    return (x, y, 1, x * y % P)


def plus(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, p):
    q = (0, 1, 1, 0)
    while n:
        q, p, n = plus(q, p) if n & 1 else q, plus(p, p), n >> 1
    return q


def signed(public, message, signature):
    try:
        key, sig = bytes.fromhex(public), bytes.fromhex(signature)
        a, r, s = point(key), point(sig[:32]), int.from_bytes(sig[32:], "little")
        base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    except (ValueError, TypeError):
        return False
    h = int.from_bytes(hashlib.sha512(sig[:32] + key + message).digest(), "little") % ORDER
    left, right = times(s, base), plus(r, times(h, a))
    same = all((left[k] * right[2] - right[k] * left[2]) % P == 0 for k in (0, 1))
    return len(sig) == 64 and len(key) == 32 and s < ORDER and same


def climbs(node, index, count, path, root):
    path = list(path)
    while count > 1:
        if index ^ 1 < count:
            if not path:
                return False
            pair = (node, bytes.fromhex(path.pop(0)))
            node = hashlib.sha256(b"\1" + b"".join(pair if index % 2 == 0 else pair[::-1])).digest()
        index, count = index // 2, (count + 1) // 2
    return not path and node.hex() == root


def redraw(rho, table):
    slots, count = table["slots"], 0
    for _ in range(TRIES):
        units = []
        for slot in slots:
            u = int.from_bytes(
                hmac.new(rho, count.to_bytes(8, "big"), "sha256").digest()[:5], "big"
            )
            units.append(slot["units"][bisect_right(list(accumulate(slot["tickets"])), u)])
            count += 1
        if len(set(units)) == len(units):
            break
    return [{"slot": k, "team": s["team"], "unit": table["units"][u]}
            for k, (s, u) in enumerate(zip(slots, units))], count // len(slots) - 1  # fmt: skip


def moment(day, clock, offset=0):
    on = date.fromisoformat(day) + timedelta(days=offset)
    return datetime.fromisoformat(f"{on}T{clock}:00+07:00")


class Record:
    """Reads a record from its first line to its last and collects every problem."""

    def __init__(self, folder, anchors=()):
        self.folder, self.anchors, self.problems = Path(folder), dict(anchors), []
        self.heads, self.last, self.setup = [], None, None
        self.commits, self.draws, self.without, self.opened, self.rates = {}, {}, {}, set(), {}
        self.voids, self.used, self.tables = set(), set(), 0

    def wrong(self, place, text):
        self.problems.append(f"{place}: {text}")

    def need(self, good, place, text):
        if not good:
            self.wrong(place, text)
        return good

    def check(self):
        raw = (self.folder / "log.jsonl").read_bytes()
        self.need(raw.endswith(b"\n"), "log.jsonl", "dòng cuối bị cắt / the last line is cut")
        for n, content in enumerate(
            raw.split(b"\n")[:-1] if raw.endswith(b"\n") else raw.split(b"\n")
        ):
            place = f"dòng/line {n}"
            try:
                line = json.loads(content)
                self.line(n, line, content, place)
                getattr(self, "on_" + line["type"].replace("-", "_"))(line, place)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
                self.wrong(place, f"không đọc được / cannot be read ({type(error).__name__})")
            self.heads.append(sha(content))
        self.whole_season()
        for n, head in self.anchors.items():
            good = n < len(self.heads) and self.heads[n] == head
            self.need(
                good, f"dòng/line {n}", "khác mã băm đã công bố / differs from the posted head"
            )
        return not self.problems

    def line(self, n, line, content, place):
        self.need(content == canon(line), place, "sai quy cách / not canonical")
        before = self.heads[-1] if self.heads else "0" * 64
        self.need(
            line["n"] == n and line["prev"] == before, place, "đứt chuỗi / the chain is broken"
        )
        at = datetime.fromisoformat(line["at"])
        self.need(self.last is None or at >= self.last, place, "giờ lùi / time goes back")
        self.last = max(at, self.last or at)
        self.need(
            (n == 0) == (line["type"] == "setup"), place, "setup phải là dòng đầu / is line 0"
        )
        if self.setup and "day" in line:
            self.need(line["day"] in self.setup["days"], place, "ngày lạ / not a day of the season")

    def two(self, line, place):
        bare = canon({k: v for k, v in line.items() if k != "signers"})
        keys = {c["name"]: c["sign"] for c in self.setup["custodians"]}
        signers = line.get("signers") or []
        names = {s["name"] for s in signers if signed(keys.get(s["name"], ""), bare, s["sig"])}
        enough = len(names) >= 2 and len(names) == len(signers)
        self.need(enough, place, "thiếu hai chữ ký đúng / two good signatures are missing")
        self.need(str(line.get("reason", "-")).strip(), place, "thiếu lý do / no reason")

    def on_setup(self, line, place):
        self.setup = line
        codes = {
            sha((self.folder / "verify_record.py").read_bytes()),
            sha(Path(__file__).read_bytes()),
        }
        self.need(
            codes == {line["code"]},
            place,
            "mã chương trình kiểm chứng đã đổi / other verifier code",
        )
        names = [c["name"] for c in line["custodians"]]
        self.need(
            len(set(names)) == len(names) >= 2, place, "cần hai người giữ khóa / two custodians"
        )
        self.need(line["days"] == sorted(set(line["days"])), place, "ngày lặp / days not in order")

    def on_epoch(self, line, place):
        self.need(line["epoch"] == len(self.rates), place, "sai thứ tự quý / epochs out of order")
        if line["epoch"]:
            self.two(line, place)
        file = self.folder / "opened" / f"rates-{line['epoch']}.json"
        rates = json.loads(file.read_bytes()) if file.is_file() else None
        if rates is not None:
            self.need(
                sha(file.read_bytes()) == line["rates"], place, "xác suất bị đổi / rates changed"
            )
        before, most = self.rates.get(line["epoch"] - 1), self.setup.get("epoch_change_percent", 20)
        for old, new in zip(before or [], rates or []):
            if not self.need(
                abs(new - old) * 100 <= most * old + 100, place, "đổi quá mức / rates jump"
            ):
                break
        self.rates[line["epoch"]] = rates

    def on_commit(self, line, place):
        day, at = line["day"], datetime.fromisoformat(line["at"])
        fresh = day not in self.draws and day not in self.without
        self.need(fresh, place, "ngày đã xong / the day is over")
        times = [(s["source"], moment(day, s["time"], s["offset"])) for s in self.setup["beacons"]]
        later = [(source, when) for source, when in times if when > at]
        beacon = line["beacon"]
        given = (beacon["source"], datetime.fromisoformat(beacon["at"]))
        self.need(later[:1] == [given], place, "sai nguồn hoặc giờ số công khai / wrong beacon")
        attempt = self.commits[day]["attempt"] + 1 if day in self.commits else 0
        good = line["attempt"] == attempt < self.setup["attempts"]
        self.need(good, place, "sai số lần / wrong attempt")
        if line["attempt"]:
            self.two(line, place)
            self.need(line.get("reason"), place, "thiếu lý do / no reason")
        self.commits[day] = {**line, "hash": sha(canon(line)), "place": place}

    def on_draw(self, line, place):
        day, commit = line["day"], self.commits.get(line["day"])
        if not self.need(commit is not None, place, "chưa niêm phong / no commit before it"):
            return
        self.need(day not in self.draws, place, "rút hai lần / drawn twice")
        names = ("attempt", "input")
        same = all(line[k] == commit[k] for k in names) and line["commit"] == commit["hash"]
        self.need(same, place, "không theo cam kết / does not follow its commit")
        beacon = {k: v for k, v in line["beacon"].items() if k != "value"}
        self.need(beacon == commit["beacon"], place, "khác nguồn số công khai / other beacon")
        early = datetime.fromisoformat(line["at"]) < datetime.fromisoformat(commit["beacon"]["at"])
        self.need(not early, place, "rút trước giờ / drawn before the beacon")
        value = line["beacon"]["value"]
        self.need(value not in self.used, place, "số công khai dùng lại / beacon used before")
        self.used.add(value)
        self.draws[day] = line

    def slot(self, line, place):
        good = line["day"] in self.draws and 0 <= line["slot"] < self.commits[line["day"]]["slots"]
        self.need(good, place, "lượt không có / no such slot")
        voided = (line["day"], line["slot"]) in self.voids
        self.need(not voided, place, "lượt đã hủy / the slot is void")

    def on_release(self, line, place):
        self.slot(line, place)
        at, start = datetime.fromisoformat(line["at"]), moment(line["day"], self.setup["departure"])
        good = start <= at < moment(line["day"], "00:00", 1)
        self.need(good, place, "mở phong bì sai giờ / released outside its time")
        self.need("unit" not in line, place, "lộ đơn vị / a unit is named")

    def on_substitution(self, line, place):
        self.slot(line, place)
        self.two(line, place)
        self.need(line.get("reason"), place, "thiếu lý do / no reason")

    def on_void(self, line, place):
        self.on_substitution(line, place)
        self.voids.add((line["day"], line["slot"]))

    def on_no_draw(self, line, place):
        self.two(line, place)
        fresh = line["day"] not in self.draws and line["day"] not in self.without
        self.need(
            fresh and line.get("reason"),
            place,
            "ngày đã xong, hoặc thiếu lý do / day over, or no reason",
        )
        self.without[line["day"]] = line

    def on_incident(self, line, place):
        pass

    def on_reveal(self, line, place):
        day, drawn = line["day"], self.draws.get(line["day"])
        if not self.need(
            drawn and day not in self.opened, place, "chưa rút hoặc đã mở / not drawn, or open"
        ):
            return
        late = datetime.fromisoformat(line["at"]) >= moment(day, "00:00", 1)
        self.need(late, place, "mở quá sớm / revealed too early")
        self.need(line["attempt"] == drawn["attempt"], place, "sai số lần / wrong attempt")
        self.opened.add(day)
        secrets, attempts = [], self.setup["attempts"]
        index = self.setup["days"].index(day) * attempts + drawn["attempt"]
        for who, given in zip(self.setup["custodians"], line["secrets"]):
            secret = bytes.fromhex(given["secret"])
            leaf = hashlib.sha256(b"\0" + f"{day}|{drawn['attempt']}|".encode() + secret).digest()
            count = len(self.setup["days"]) * attempts
            good = given["name"] == who["name"] and climbs(
                leaf, index, count, given["path"], who["root"]
            )
            self.need(
                good, place, f"bí mật không đúng gốc / secret not under the root: {who['name']}"
            )
            secrets.append(secret)
        enough = len(secrets) == len(self.setup["custodians"]) == len(line["secrets"])
        self.need(enough, place, "thiếu bí mật / a secret is missing")
        self.recompute(day, drawn, secrets, place)

    def recompute(self, day, drawn, secrets, place):
        file = self.folder / "opened" / f"{day}-{drawn['attempt']}.json"
        if not self.need(file.is_file(), place, f"thiếu / missing {file.name}"):
            return
        content = file.read_bytes()
        self.need(sha(content) == drawn["input"], place, "bảng vé bị đổi / the table was changed")
        table = json.loads(content)
        self.table(table, day, drawn, place)
        message = canon(
            [drawn["beacon"]["value"], drawn["input"], drawn["commit"], day, drawn["attempt"]]
        )
        rho = hmac.new(hashlib.sha256(b"".join(secrets)).digest(), message, "sha256").digest()
        outcome, rejections = redraw(rho, table)
        same = sha(rho + canon(outcome)) == drawn["outcome"] and rejections == drawn["rejections"]
        self.need(
            same, place, f"kết quả ngày {day} không phải kết quả rút thăm / not what the draw gives"
        )
        self.tables += 1

    def table(self, table, day, drawn, place):
        named = (table["day"], table["attempt"]) == (day, drawn["attempt"])
        self.need(named, place, "bảng vé của ngày khác / another day's table")
        self.need(
            sha(canon(table["units"])) == self.setup["units"],
            place,
            "danh sách đơn vị khác / other units",
        )
        self.need(
            len(table["slots"]) == self.commits[day]["slots"], place, "số lượt khác / other slots"
        )
        teams = {t["team"] for t in self.setup["teams"]}
        for slot in table["slots"]:
            units, tickets = slot["units"], slot["tickets"]
            whole = all(type(x) is int and x > 0 for x in tickets) and sum(tickets) == TICKETS
            orderly = units == sorted(set(units)) and len(units) == len(tickets)
            inside = all(type(u) is int and 0 <= u < len(table["units"]) for u in units)
            self.need(whole and orderly and inside, place, "vé sai / tickets are wrong")
            barred = {*table["closed"], *table["planned"], *table["barred"].get(slot["team"], [])}
            self.need(
                not barred & set(units),
                place,
                "vé cho đơn vị không được chọn / ticket on a barred unit",
            )
            self.need(slot["team"] in teams, place, "tổ lạ / unknown team")

    def whole_season(self):
        days = [*self.draws, *self.without]
        for day in self.setup["days"] if self.setup else []:
            if days and day < max(days):
                done = (day in self.draws) + (day in self.without)
                self.need(done == 1, f"ngày/day {day}", "thiếu hoặc thừa / missing or doubled")
        order = [d for d in self.draws]
        self.need(order == sorted(order), "log.jsonl", "các ngày đổi chỗ / days out of order")


def main(words):
    anchors = [w.split(":") for w in words[1:] if w != "--anchor"]
    posted = Path(words[0], "anchors.txt") if words else Path("anchors.txt")
    if posted.is_file():
        anchors += [row.split()[:2] for row in posted.read_text().splitlines() if row.strip()]
    record = Record(words[0] if words else ".", [(int(n), head) for n, head in anchors])
    good = record.check()
    if record.setup and record.setup.get("rehearsal"):
        print("DIỄN TẬP / REHEARSAL")
    print(*record.problems, sep="\n", end="\n" if record.problems else "")
    told = (
        (len(record.heads), "dòng/lines"), (len(record.draws), "ngày đã rút/days drawn"),
        (record.tables, "đã mở và tính lại/opened and recomputed"),
        (len(record.draws) - len(record.opened), "chưa mở, chỉ kiểm chuỗi/not yet opened, chain only"),
        (len(record.anchors), "mã băm đã công bố/posted heads"), (len(record.problems), "sai lệch/problems"),
    )  # fmt: skip
    print("; ".join(f"{n} {what}" for n, what in told))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
