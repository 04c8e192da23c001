# fmt: off
"""Kiểm chứng một hồ sơ rút thăm / checks a record of surprise draws: python3 verify_record.py FOLDER

Plain Python 3.9, no other code of ours. FOLDER: log.jsonl; perhaps opened/ (tables of revealed days; a public
copy has none), sealed/, anchors.txt ("N HASH" a line: heads posted outside, also as words N:HASH; without them
a record rewritten as a whole looks good). Whether a public value is the one that was published, compare by eye
(drand: SHA-256 of the signature). Exit status: 0 good, 1 problems, 2 no record.
"""
import bisect, hashlib, hmac, itertools, json, re, sys
from datetime import date, datetime, timedelta
from pathlib import Path

def sha(content):
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()

def canon(value):
    """The one spelling of a value that is hashed and signed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

def moment(day, clock, later=0):
    """A clock time in Vietnam, so many days after a day."""
    return datetime.fromisoformat(f"{date.fromisoformat(day) + timedelta(later)}T{clock}:00+07:00")

def signed(modulus, message, signature):
    """Whether an RSA signature (RFC 8017, PKCS #1 v1.5, SHA-256, exponent 65537) is good; in hexadecimal."""
    wanted = "003031300d060960864801650304020105000420" + sha(message)
    wanted = "0001" + "f" * (len(modulus) - 4 - len(wanted)) + wanted
    return pow(int(signature, 16), 65537, int(modulus, 16)) == int(wanted, 16)

def climbs(node, index, path, root):
    """Whether a leaf of a Merkle tree, at its place, leads to the root."""
    for beside in map(bytes.fromhex, path):
        pair, index = beside + node if index % 2 else node + beside, index // 2
        node = hashlib.sha256(b"\1" + pair).digest()
    return index == 0 and node.hex() == root

def redraw(rho, table):
    """The draw: for each slot a 40-bit number picks one of 2^40 tickets; all again until the units differ."""
    slots = [(s["units"], list(itertools.accumulate(s["tickets"]))) for s in table["slots"]]
    for tried in range(10_000):
        units = []
        for count, (own, upto) in enumerate(slots, start=tried * len(slots)):
            number = hmac.new(rho, count.to_bytes(8, "big"), "sha256").digest()[:5]
            units.append(table["units"][own[bisect.bisect_right(upto, int.from_bytes(number, "big"))]])
        if len(set(units)) == len(units):
            return [{"slot": k, "team": table["slots"][k]["team"], "unit": u} for k, u in enumerate(units)], tried

class Record:
    """A record, read from its first line to its last; `problems` says what is wrong and where."""

    def __init__(self, folder, anchors):
        self.folder, self.problems, self.heads, self.setup, self.last = folder, [], [], {"days": []}, None
        self.epochs, self.commits, self.draws, self.without, self.opened = [], {}, {}, set(), set()
        self.voids, self.moves, self.redrawn = set(), [], 0
        raw = (folder / "log.jsonl").read_bytes()
        self.hold("bị cắt, đổi kiểu xuống dòng / cut, line ends changed", [(raw[-1:] == b"\n" and b"\r" not in raw, "log")])
        for n, content in enumerate(raw.replace(b"\r\n", b"\n").rstrip(b"\n").split(b"\n")):
            self.hold(f"dòng/line {n}", self.line(n, content))
            self.heads.append(sha(content))
        self.hold("ngày bị bỏ / day left out", [(self.last < moment(day, "00:00", 1), day) for day in self.open()])
        self.hold("khác mã băm đã công bố / not as posted", [(self.heads[n:n + 1] == [h], n) for n, h in anchors])

    def hold(self, place, checks):
        """Notes every check (good?, else what is wrong) that fails, or that cannot even be made."""
        try:
            self.problems += [f"{place}: {wrong}" for good, wrong in checks if not good]
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
            self.problems.append(f"{place}: sai, không kiểm được / wrong, cannot be checked ({error!r})")

    def open(self, until="9"):
        """Days of the season, before another one, that are neither drawn nor closed with a reason."""
        return [d for d in self.setup["days"] if d < until and d not in self.draws and d not in self.without]

    def line(self, n, content):
        """Spelling, chain, clock, day and signatures of any line; then what its own kind asks."""
        line = json.loads(content)
        kind, day, at, signers = line["type"], line.get("day"), datetime.fromisoformat(line["at"]), line.get("signers", [])
        chained = (line["n"], line["prev"]) == (n, self.heads[-1] if n else "0" * 64) and content == canon(line)
        yield chained and (n == 0) == (kind == "setup"), "đứt chuỗi hoặc sai quy cách / chain or spelling broken"
        yield self.last is None or at >= self.last, "giờ lùi / time goes back"
        self.last = max(at, self.last or at)
        fits = day in (self.draws if kind in ("release", "substitution", "void", "reveal") else self.open())
        yield fits or kind in ("setup", "epoch", "incident"), "ngày lạ, chưa rút, đã xong / unknown day, undrawn, over"
        if kind in ("substitution", "void", "no-draw") or line.get("attempt") or line.get("epoch"):
            two = len({s["name"] for s in signers}) == len(signers) >= 2
            yield two and line["reason"].strip(), "thiếu lý do hoặc hai người ký / no reason, or not two signers"
        bare, keys = canon({k: line[k] for k in line if k != "signers"}), self.setup.get("custodians", [])
        good = [signed({c["name"]: c["sign"] for c in keys}[s["name"]], bare, s["sig"]) for s in signers]
        yield all(good), "chữ ký sai / bad signature"
        self.without |= {day} if kind == "no-draw" else set()
        if kind not in ("no-draw", "incident"):  # an incident tells people something and changes nothing
            yield from getattr(self, "on_" + kind)(line, day, at)

    def on_setup(self, line, day, at):
        """The season's rules: this very program, two custodians or more, days in order."""
        self.setup, files, people = line, (self.folder / "verify_record.py", Path(__file__)), line["custodians"]
        yield {sha(f.read_bytes()) for f in files if f.is_file()} == {line["code"]}, "kiểm chứng đã đổi / other verifier"
        good = all(len({c[k] for c in people}) == len(people) >= 2 for k in ("name", "sign", "root"))
        yield good and line["days"] == sorted({*line["days"]}), "sai người giữ khóa, ngày / custodians or days"

    def on_epoch(self, line, day, at):
        """The digest of a quarter's rates; the rates come to light with a table."""
        later = [e["last"] < line["first"] for e in self.epochs]
        yield all(later) and line["epoch"] == len(later), "quý sai thứ tự / quarters out of order"
        self.epochs.append(line)

    def on_commit(self, line, day, at):
        """A table is sealed before its public value: the first one of the calendar after this moment."""
        number = self.commits.get(day, {"attempt": -1})["attempt"] + 1
        yield line["attempt"] == number < self.setup["attempts"], "sai số lần / wrong attempt"
        calendar = [(moment(day, b["time"], b["offset"]), b["source"], b["digits"]) for b in self.setup["beacons"]]
        when, source, digits = min(entry for entry in calendar if entry[0] > at)
        wanted = {"source": source, "at": when.isoformat(), "digits": digits}
        if source == "drand":  # quicknet: its first round, then one every 3 seconds
            wanted["round"] = -(-(int(when.timestamp()) - 1_692_803_367) // 3) + 1
        yield line["beacon"] == wanted, "sai nguồn hoặc giờ số công khai / wrong source or time of the beacon"
        self.commits[day] = {**line, "hash": sha(canon(line))}

    def on_draw(self, line, day, at):
        """One draw a day, no earlier day left open, after the public value, out of the sealed table."""
        commit, wait, file = self.commits[day], self.commits[day]["beacon"], self.folder / f"sealed/{day}.envelopes"
        good = line["commit"] == commit["hash"] and not self.open(day)
        yield good, "không theo cam kết, hoặc còn ngày trước bỏ ngỏ / other commit, or an earlier day is open"
        yield datetime.fromisoformat(wait["at"]) <= at < moment(day, "00:00", 1), "rút sai giờ / drawn at a wrong time"
        form = f"{wait['source']} {wait.get('round', wait['at'][:10])} [0-9a-f]{{{wait['digits']}}}"
        fresh = line["value"] not in [other["value"] for other in self.draws.values()]
        yield fresh and re.fullmatch(form, line["value"]), "số công khai của ngày khác / another day's beacon"
        yield not file.is_file() or sha(file.read_bytes()) == line["sealed"], "phong bì bị đổi / envelopes changed"
        self.draws[day] = line

    def on_release(self, line, day, at):
        """A slot goes to its team between departure and midnight; or to another team; or to nobody."""
        slot, kind, start = (day, line["slot"]), line["type"], moment(day, self.setup["departure"])
        good = line["slot"] in range(self.commits[day]["slots"]) and slot not in self.voids
        yield good and (kind != "release" or start <= at < moment(day, "00:00", 1)), "sai lượt hoặc sai giờ / wrong slot or time"
        self.voids |= {slot} if kind == "void" else set()
        self.moves.append((*slot, line.get("from", line.get("team")), line.get("to", line.get("team"))))

    on_substitution = on_void = on_release

    def on_reveal(self, line, day, at):
        """The secrets lead to the roots; then the table and the draw out of it, where the table is at hand."""
        rules, number, file = self.setup, self.commits[day]["attempt"], self.folder / f"opened/{day}.json"
        late = at >= moment(day, "00:00", max(1, rules["open_after"])) and day not in self.opened
        yield late and len(rules["custodians"]) == len(line["secrets"]), "sớm, hai lần, thiếu / early, twice, short"
        for who, s in zip(rules["custodians"], line["secrets"]):
            leaf = hashlib.sha256(b"\0" + f"{day}|{number}|".encode() + bytes.fromhex(s["secret"])).digest()
            good = climbs(leaf, rules["days"].index(day) * rules["attempts"] + number, s["path"], who["root"])
            yield good, f"bí mật sai gốc / not under the root: {who['name']}"
        self.opened.add(day)
        yield file.is_file() or not file.parent.is_dir(), f"thiếu tệp / missing file: {file.name}"
        if file.is_file():
            joined = hashlib.sha256(bytes.fromhex("".join(s["secret"] for s in line["secrets"]))).digest()
            yield sha(file.read_bytes()) == self.commits[day]["input"], "bảng vé bị đổi / the table was changed"
            yield from self.table(json.loads(file.read_bytes()), day, joined)

    def table(self, table, day, joined):
        """2^40 whole tickets a slot, none for a closed, planned or barred unit; the same draw; each slot its team."""
        drawn, commit, epoch, units = self.draws[day], self.commits[day], self.epochs[table["epoch"]], table["units"]
        good = table["day"] == day and epoch["first"] <= day <= epoch["last"] and len(table["slots"]) == commit["slots"]
        good = good and sha(canon(units)) == self.setup["units"] and sha(canon(table["rates"])) == epoch["rates"]
        good = good and sha(canon(table["before"])) == self.epochs[max(0, table["epoch"] - 1)]["rates"]
        yield good, "bảng khác / other day, slots, units or rates"
        most, steps = self.setup["epoch_change_percent"], zip(table["before"], table["rates"])
        yield all(abs(y - x) * 100 <= most * x + 100 for x, y in steps), "xác suất đổi quá mức / rates jump"
        for slot in table["slots"]:
            whole = all(type(x) is int and x > 0 for x in slot["tickets"]) and sum(slot["tickets"]) == 2**40
            able = {*range(len(units))} - {*table["closed"], *table["planned"], *table["barred"][slot["team"]]}
            good = whole and len(slot["tickets"]) == len(slot["units"]) == len(able & {*slot["units"]})
            yield good, "vé sai, hoặc cho đơn vị không được chọn / tickets wrong, or on a barred unit"
        rho = hmac.new(joined, canon([drawn["value"], commit["hash"]]), "sha256").digest()
        outcome, tried = redraw(rho, table)
        same = (sha(rho + canon(outcome)), tried) == (drawn["outcome"], drawn["rejections"])
        yield same, "không phải kết quả rút thăm / not what the draw gives"
        self.redrawn, teams = self.redrawn + 1, [slot["team"] for slot in table["slots"]]
        for _, slot, team, to in (move for move in self.moves if move[0] == day and move[2]):
            yield teams[slot] == team, "không phải tổ của lượt / not the slot's team"
            teams[slot] = to

def main(words):
    """Prints every problem and what was looked at; answers the exit status."""
    folder = Path(words[0] if words else ".")
    if not (folder / "log.jsonl").is_file():
        return print(f"không có hồ sơ / no record: {folder}/log.jsonl") or 2
    posted = [f.read_text("utf-8-sig", "replace") for f in [folder / "anchors.txt"] if f.is_file()]
    posted = " ".join([*words[1:], *posted]).replace(":", " ").lower().split()
    heads = re.findall(r"(?<!\S)([0-9]{1,9}) ([0-9a-f]{64})(?!\S)", " ".join(posted))
    r = Record(folder, [(int(n), head) for n, head in heads])
    r.hold("anchors.txt", [(2 * len(heads) == len(posted), "không đọc được / not as N HASH N HASH ...")])
    print(*r.problems, *(["DIỄN TẬP / REHEARSAL"] if r.setup.get("rehearsal") else []), sep="\n")
    print(f"{len(r.heads)} dòng/lines; ngày/days: {len(r.draws)} đã rút/drawn, {len(r.without)} không rút/without, "
          f"{len(r.opened)} đã mở/revealed, {r.redrawn} tính lại/drawn again; {len(heads)} mã băm đã công bố/posted "
          f"heads; {len(r.problems)} sai lệch/problems",
          "" if (folder / "opened").is_dir() else "KHÔNG CÓ BẢNG VÉ / NO TABLES (bản công khai / public copy)", sep="\n")
    return 1 if r.problems else 0

if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main(sys.argv[1:]))
