"""Uploads meant to hurt, or hurt on the way: each gets a clear answer, and nothing is half-saved."""

import io
import stat
import zipfile

import pytest
from sqlalchemy import func, select

from api.settings import ServerSettings
from data.store.tables.work import blobs, files, runs
from data.store.tables.work import datasets as table_of_datasets
from scheduler.journeys.online.dataset_check import LIMITS
from tests.clients import Office
from tests.uploads import UPLOADS, checked, lines, send, table, whole_zip, workbook, zipped

BOUNDARY = "multipart/form-data; boundary=xx"


def saved(office):
    """Rows of datasets, files, contents and runs."""
    with office.store.reading() as db:
        return [
            db.execute(select(func.count()).select_from(t)).scalar_one()
            for t in (table_of_datasets, files, blobs, runs)
        ]


def linked():
    """A zip with a symbolic link in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        entry = zipfile.ZipInfo("units.csv")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return target.getvalue()


def locked():
    """A zip whose entry says that it is encrypted."""
    plain = bytearray(zipped({"units.csv": table("units")}))
    plain[6] |= 1
    plain[plain.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(plain)


def doubled():
    """A zip with two entries of one name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("units.csv", table("units"))
        archive.writestr("unitz.csv", b"")
    return target.getvalue().replace(b"unitz.csv", b"units.csv")


def broken_inside():
    """A zip whose content does not fit its checksum."""
    content = bytearray(zipped({"units.csv": table("units")}, zipfile.ZIP_STORED))
    content[60] ^= 0xFF
    return bytes(content)


REFUSED_AT_THE_DOOR = {
    "0 bytes": {"units.csv": b""},
    "macros": {"units.xlsm": workbook(units=[["unit_id"]])},
    "old Excel": {"units.xls": b"\xd0\xcf\x11\xe0"},
    "a program": {"units.exe": b"MZ"},
    "no ending": {"units": table("units")},
    "only an ending": {".csv": table("units")},
    "two workbooks": {"a.xlsx": b"PK", "b.xlsx": b"PK"},
    "a workbook and a table": {"a.xlsx": b"PK", "units.csv": table("units")},
}
FOUND_BY_THE_CHECK = {
    "a workbook cut off": {"a.xlsx": workbook(units=[["unit_id"], ["U1"]])[:900]},
    "text called a workbook": {"a.xlsx": table("units")},
    "a workbook called a table": {"units.csv": workbook(units=[["unit_id"], ["U1"]])},
    "a workbook called a zip": {"a.zip": workbook(units=[["unit_id"], ["U1"]])},
    "a zip called a workbook": {"a.xlsx": whole_zip()},
    "text called a zip": {"a.zip": table("units")},
    "an empty zip": {"a.zip": zipped({})},
    "a zip bomb": {"a.zip": zipped({"units.csv": b"0" * (LIMITS.small_bytes + 1)})},
    "a workbook that is a bomb": {
        "a.xlsx": zipped({"xl/workbook.xml": b" " * (LIMITS.small_bytes + 1)})
    },
    "a zip of 101 files": {"a.zip": zipped({f"units{'_' * n}.csv": b"x" for n in range(101)})},
    "a zip with a way out": {"a.zip": zipped({"../units.csv": table("units")})},
    "a zip with a folder": {"a.zip": zipped({"city/units.csv": table("units")})},
    "a zip with an absolute name": {"a.zip": zipped({"/units.csv": table("units")})},
    "a zip with a drive": {"a.zip": zipped({"C:units.csv": table("units")})},
    "a zip with other files": {"a.zip": zipped({"units.csv": table("units"), "run.sh": b"x"})},
    "a zip in a zip": {"a.zip": zipped({"units.zip": whole_zip()})},
    "a link": {"a.zip": linked()},
    "a password": {"a.zip": locked()},
    "one name twice": {"a.zip": doubled()},
    "a wrong checksum": {"a.zip": broken_inside()},
    "Latin-1": {"units.csv": table("units").decode().encode("latin-1", "replace").replace(b"?", b"\xe9")},
    "UTF-16": {"units.csv": table("units").decode().encode("utf-16")},
    "NUL": {"units.csv": table("units").replace(b"ward", b"wa\0rd", 1)},
    "a million columns": {"units.csv": b"unit_id" + b",x" * 1_000_000 + b"\n"},
    "501 named columns": {"a.xlsx": workbook(units=[[f"c{n}" for n in range(501)], ["x"]])},
    "an open quote": {"units.csv": table("units") + b'"U,\n' * 50},
    "no header": {"units.csv": b"".join(lines("units")[1:])},
    "a table nobody knows": {"nothing.csv": table("units")},
    "a code of 101 letters": {"units.csv": lines("units")[0] + b"U" * 101 + b",Ten,ward,,,,,,\n"},
}  # fmt: skip


WORDS = {  # why, where a later step would stumble too
    "a zip bomb": "độc hại", "a workbook that is a bomb": "độc hại", "a zip of 101 files": "101 tệp",
    "a zip with a way out": "thư mục", "a zip with a folder": "thư mục", "a zip with a drive": "thư mục",
    "a zip with an absolute name": "thư mục", "a zip with other files": "run.sh", "a link": "liên kết",
    "a password": "mật khẩu", "one name twice": "hỏng", "a wrong checksum": "hỏng", "UTF-16": "UTF-16",
    "Latin-1": "UTF-8", "NUL": "byte 0", "a million columns": "cột", "501 named columns": "501 cột",
    "a code of 101 letters": "101 ký tự",
}  # fmt: skip


@pytest.mark.parametrize("sent", REFUSED_AT_THE_DOOR.values(), ids=REFUSED_AT_THE_DOOR)
def test_what_is_no_upload_is_refused_at_the_door(small_office, sent):
    planner, before = small_office.client("planner", lang="vi"), saved(small_office)
    answer = send(planner, sent)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/upload"
    assert saved(small_office) == before
    assert small_office.jobs.waiting == []


@pytest.mark.parametrize("what", FOUND_BY_THE_CHECK)
def test_what_cannot_be_read_is_a_dataset_with_faults(small_office, what):
    planner = small_office.client("planner", lang="vi")
    found = checked(small_office, planner, FOUND_BY_THE_CHECK[what])
    assert (found["status"], found["counts"], found["digest"]) == ("faulty", {}, "")
    told = planner.get(f"/api/v1/datasets/{found['id']}/faults").json()
    assert told["total"] == found["fault_total"] >= 1
    assert all(fault["message"] for fault in told["items"])
    assert WORDS.get(what, "") in told["items"][0]["message"]


def test_formulas_without_a_value_are_faults_and_text_that_looks_like_one_stays_text(small_office):
    planner = small_office.client("planner")
    rows = [line.decode().strip("\n").split(",") for line in lines("units")[:3]]
    plain = [[*rows[1][:1], "=1+1", *rows[1][2:]], rows[2]]
    found = checked(small_office, planner, {"a.xlsx": workbook(units=[rows[0], *plain])})
    assert found["status"] == "ready"
    told = planner.get(f"/api/v1/datasets/{found['id']}/tables/units").json()["items"]
    assert told[0]["name"] == "=1+1"


def test_names_are_cleaned_before_they_are_kept(small_office):
    planner = small_office.client("planner")
    body = (
        b'--xx\r\nContent-Disposition: form-data; name="files"; '
        b"filename=\"..\\\\..\\\\Du\xcc\x83 lie\xcc\xa3\xcc\x82u <b>'x'\xe2\x80\xae.csv\"\r\n\r\n"
        + table("units")
        + b"\r\n--xx--\r\n"
    )
    sent = planner.post(UPLOADS, content=body, headers={"Content-Type": BOUNDARY})
    assert sent.status_code == 202
    assert sent.json()["name"] == "Dũ liệu b'x'.csv"


def test_an_upload_above_the_limit_is_413_told_or_not(sqlite_store):
    office = Office(sqlite_store, ServerSettings(_env_file=None, upload_mb=1))
    planner, before = office.client("planner"), saved(office)
    large = send(planner, {"units.csv": b"x" * 1_100_000})
    assert large.status_code == 413
    assert large.headers["content-type"] == "application/problem+json"

    def pieces():
        yield b'--xx\r\nContent-Disposition: form-data; name="files"; filename="units.csv"\r\n\r\n'
        for _ in range(30):
            yield b"x" * 50_000

    unsaid = planner.post(UPLOADS, content=pieces(), headers={"Content-Type": BOUNDARY})
    assert unsaid.status_code == 413
    assert unsaid.headers["content-type"] == "application/problem+json"
    assert saved(office) == before
    assert send(planner, {"units.csv": b"x" * 900_000}).status_code == 202


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Starlette's own file
@pytest.mark.parametrize("body", [
    b'--xx\r\nContent-Disposition: form-data; name="files"; filename="units.csv"\r\n\r\nunit_id\nU',
    b'--xx\r\nContent-Disposition: form-da',
    b"--yy\r\n",
    b"\x00" * 100,
    b"",
])  # fmt: skip
def test_an_upload_cut_in_the_middle_saves_nothing(small_office, body):
    planner, before = small_office.client("planner"), saved(small_office)
    answer = planner.post(UPLOADS, content=body, headers={"Content-Type": BOUNDARY})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert saved(small_office) == before


def test_what_is_not_a_form_is_refused(small_office):
    planner = small_office.client("planner")
    for kind in ("application/json", "text/csv", "multipart/form-data"):
        answer = planner.post(UPLOADS, content=table("units"), headers={"Content-Type": kind})
        assert answer.status_code in (400, 415, 422)
        assert answer.headers["content-type"] == "application/problem+json"
    assert send(planner, {"units.csv": table("units")}, base="sideways").status_code == 422
    assert saved(small_office)[0] == 0


def test_thousands_of_faults_hide_no_other_and_are_all_counted(small_office):
    planner = small_office.client("planner")
    head, one = lines("units")[0], lines("units")[1].split(b",")
    rows = [b",".join([b"U%d" % n, b"Ten", b"kh\xc3\xb4ng", *one[3:]]) for n in range(3000)]
    rows.append(b",".join([b"U1", b"", b"ward", *one[3:]]))
    found = checked(small_office, planner, {"units.csv": b"".join([head, *rows])})
    told = planner.get(f"/api/v1/datasets/{found['id']}/faults?limit=500").json()
    assert found["fault_total"] >= 3002
    assert told["total"] == 500
    assert {"kind", "name", "unit_id"} <= {fault["column"] for fault in told["items"]}


def test_who_may_not_upload_leaves_nothing(small_office):
    before = saved(small_office)
    assert send(small_office.anonymous(), {"units.csv": table("units")}).status_code == 401
    for role in ("inspector", "leader", "administrator", "auditor"):
        assert send(small_office.client(role), {"units.csv": table("units")}).status_code == 403
    assert saved(small_office) == before
