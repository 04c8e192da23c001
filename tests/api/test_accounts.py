"""/accounts from the door: made, changed, closed; links for passwords; the last administrator stays."""

from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest

from api.access import ROLES, Role
from data.records.actors import PROGRAM
from data.store import accounts, journal, links
from data.store.accounts import AccountText
from scheduler.journeys.online.links import ADMINISTRATOR, first_admin_link

NEW = {
    "username": "Lan.Anh",
    "name": "Nguyễn Lan Anh",
    "roles": ["inspector"],
    "inspector_id": "TV0007",
}
PASSWORD = "ba con gà trống"


@pytest.fixture
def chief(office):
    """A signed-in administrator who has a password."""
    office.account_with(PASSWORD, "administrator", name="chief")
    return office.client("administrator", name="chief")


@pytest.fixture
def small_chief(small_office):
    """The same, on SQLite only."""
    small_office.account_with(PASSWORD, "administrator", name="chief")
    return small_office.client("administrator", name="chief")


def change(client, where, **more):
    """Change what `more` names of the account at this address."""
    was = client.get(where)
    kept = ("name", "roles", "inspector_id", "staff_id", "subject", "active")
    text = {**{k: was.json()[k] for k in kept}, **more}
    return client.put(where, json=text, headers={"If-Match": was.headers["ETag"]})


def sign_in(office, username, password=PASSWORD):
    client = office.anonymous()
    answer = client.post("/api/v1/sessions", json={"username": username, "password": password})
    return client, answer


def link_of(client, where):
    return client.post(f"{where}/password-links").json()["token"]


def use(office, token, password=PASSWORD):
    return office.anonymous().post("/api/v1/passwords", json={"token": token, "password": password})


def actions(office):
    with office.store.reading() as db:
        return [line.action for line in reversed(journal.lines(db, limit=500)[0])]


# --- making and changing --------------------------------------------------------------------------


def test_an_account_is_made_gets_a_password_by_a_link_and_signs_in(office, chief):
    made = chief.post("/api/v1/accounts", json=NEW)
    assert made.status_code == 201
    assert (made.json()["username"], made.json()["has_password"]) == ("lan.anh", False)
    where = made.headers["Location"]
    assert sign_in(office, "lan.anh")[1].status_code == 401
    assert use(office, link_of(chief, where)).json() == {"username": "lan.anh"}
    lan, answer = sign_in(office, "lan.anh")
    assert (answer.status_code, answer.json()["inspector_id"]) == (201, "TV0007")
    assert chief.get(where).json()["has_password"] is True
    assert lan.get(where).status_code == 403


def test_a_user_name_is_given_once_however_it_is_written(chief):
    assert chief.post("/api/v1/accounts", json=NEW).status_code == 201
    again = chief.post("/api/v1/accounts", json={**NEW, "username": "LAN.anh"})
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "l"), ("username", "lan anh"), ("username", "lan\x1f"), ("username", "Lan Ánh"),
        ("username", "?abcd"), ("name", " "), ("name", "Lan\x1fAnh"), ("name", "x" * 201),
        ("roles", ["king"]), ("roles", "planner"), ("roles", ["planner"] * 11), ("subject", "@"),
        ("subject", "x" * 256), ("active", False), ("lang", "fr"), ("password", "ba con gà trống"),
    ],
)  # fmt: skip
def test_what_an_account_cannot_be_is_said_by_field(small_chief, field, value):
    answer = small_chief.post("/api/v1/accounts", json={**NEW, field: value})
    assert answer.status_code == 422
    assert all(f["field"].startswith(f"body.{field}") for f in answer.json()["faults"])


def test_a_number_that_no_database_takes_names_no_account(chief):
    assert chief.get(f"/api/v1/accounts/{2**31 - 1}").status_code == 404
    assert chief.get(f"/api/v1/accounts/{2**63}").status_code == 404


def test_the_second_of_two_administrators_changes_nothing(office, chief):
    other = office.client("administrator", name="deputy")
    where = chief.post("/api/v1/accounts", json=NEW).headers["Location"]
    tag = other.get(where).headers["ETag"]
    assert change(chief, where, roles=["planner"]).json()["roles"] == ["planner"]
    text = {"name": "Lan", "roles": ["hr"]}
    assert other.put(where, json=text, headers={"If-Match": tag}).status_code == 412
    assert other.put(where, json=text).status_code == 428
    assert chief.get(where).json()["roles"] == ["planner"]


def test_accounts_are_listed_by_name_with_the_total(small_chief):
    for name in ("cuc", "an", "binh"):
        small_chief.post("/api/v1/accounts", json={**NEW, "username": name * 2, "inspector_id": ""})
    listed = small_chief.get("/api/v1/accounts?limit=2").json()
    assert (listed["total"], [a["username"] for a in listed["items"]]) == (4, ["anan", "binhbinh"])


def test_the_journal_shows_which_roles_were_given_and_taken(small_office, small_chief):
    where = small_chief.post("/api/v1/accounts", json=NEW).headers["Location"]
    change(small_chief, where, roles=["planner"], name="Lan")
    with small_office.store.reading() as db:
        [line] = journal.lines(db, action="account.changed")[0]
    assert line.actor == "chief"
    assert line.details == {
        "changed": ["name", "roles"], "roles": ["planner"], "before": ["inspector"],
    }  # fmt: skip


# --- who is shut out when -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"name": "Lan"}, 200),
        ({"inspector_id": "TV0008"}, 200),
        ({"roles": ["inspector", "inspector"]}, 200),
        ({"roles": ["planner"]}, 401),
        ({"roles": ["inspector", "planner"]}, 401),
        ({"active": False}, 401),
    ],
)
def test_other_roles_and_closing_end_the_sessions_and_nothing_else_does(
    office, chief, more, status
):
    where = chief.post("/api/v1/accounts", json=NEW).headers["Location"]
    use(office, link_of(chief, where))
    lan, _ = sign_in(office, "lan.anh")
    assert change(chief, where, **more).status_code == 200
    assert lan.get("/api/v1/me").status_code == status


def test_a_closed_account_stays_out_after_it_is_opened_until_it_signs_in_anew(office, chief):
    where = chief.post("/api/v1/accounts", json=NEW).headers["Location"]
    use(office, link_of(chief, where))
    lan, _ = sign_in(office, "lan.anh")
    wanted = {"name": "đêm", "scopes": ["assignments.read"], "days": 5}
    token = lan.post("/api/v1/tokens", json=wanted).json()["token"]
    program = office.anonymous(Authorization=f"Bearer {token}")
    pending = link_of(chief, where)
    assert program.get("/api/v1/me").status_code == 403
    change(chief, where, active=False)
    assert chief.post(f"{where}/password-links").status_code == 409
    assert sign_in(office, "lan.anh")[1].status_code == 401
    change(chief, where, active=True)
    assert lan.get("/api/v1/me").status_code == 401
    assert program.get("/api/v1/me").status_code == 401
    assert use(office, pending).status_code == 410
    assert sign_in(office, "lan.anh")[1].status_code == 201
    assert {"account.closed", "account.opened"} <= set(actions(office))


def test_the_last_administrator_is_neither_closed_nor_demoted(office, chief):
    me = "/api/v1/accounts/1"
    for more in ({"active": False}, {"roles": ["planner"]}, {"roles": []}):
        answer = change(chief, me, **more)
        assert answer.status_code == 409
    assert chief.get(me).json()["roles"] == ["administrator"]
    # one who cannot sign in is no help
    where = chief.post("/api/v1/accounts", json={**NEW, "roles": ["administrator"]})
    assert change(chief, me, roles=["planner"]).status_code == 409
    use(office, link_of(chief, where.headers["Location"]))
    assert change(chief, me, roles=["planner"]).status_code == 200
    assert chief.get(me).status_code == 401


def test_of_two_administrators_who_close_each_other_at_once_one_remains(office):
    office.account_with(PASSWORD, "administrator", name="one")
    office.account_with(PASSWORD, "administrator", name="two")
    with office.store.reading() as db:
        one, two = (accounts.find(db, name) for name in ("one", "two"))
    clients = {two.id: office.client(name="one"), one.id: office.client(name="two")}

    def close(victim):
        text = {"name": "x", "roles": ["administrator"], "active": False}
        where = f"/api/v1/accounts/{victim}"
        return clients[victim].put(where, json=text, headers={"If-Match": '"r1"'}).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(close, clients))
    assert answers[0] == 200
    assert answers[1] in (401, 409)
    with office.store.reading() as db:
        assert len(accounts.able(db, ADMINISTRATOR)) == 1


# --- links for passwords --------------------------------------------------------------------------


@pytest.fixture
def lan(office, chief):
    """Where Lan's account is."""
    return chief.post("/api/v1/accounts", json=NEW).headers["Location"]


def test_the_page_of_an_account_says_what_keeps_its_person_from_working(small_office):
    small_office.dataset()
    chief = small_office.client("administrator", name="chief", lang="vi")

    def page(**more):
        who = small_office.account(*more.pop("roles", ("inspector",)), name=f"n{len(seen)}", **more)
        seen.append(who)
        text = chief.get(f"/accounts/{who}", headers={"accept": "text/html"}).text
        return text.partition("chưa dùng được hết")[2].partition("account-columns")[0]

    seen: list[int] = []
    assert "Chưa có vai trò" in page(roles=())
    assert "lịch sẽ trống" in page()
    assert "mang mã «TV9999»" in page(inspector_id="TV9999")
    assert page(inspector_id="TV0003") == ""
    assert page(roles=("planner",)) == ""


def test_a_link_is_good_once_and_for_a_day(office, chief, lan):
    late, good = link_of(chief, lan), None
    office.later(hours=24, seconds=-1)
    assert use(office, late).status_code == 200
    assert use(office, late, "bốn con gà trống").status_code == 410
    chief = office.client(name="chief")
    good = link_of(chief, lan)
    office.later(hours=24)
    assert use(office, good).status_code == 410
    assert use(office, "made-up").status_code == 410


def test_a_new_link_voids_the_one_before_and_nobody_elses(office, chief, lan):
    somebody = {**NEW, "username": "minh", "inspector_id": "TV0008"}
    other = chief.post("/api/v1/accounts", json=somebody).headers["Location"]
    first, others, second = link_of(chief, lan), link_of(chief, other), link_of(chief, lan)
    assert use(office, first).status_code == 410
    assert use(office, second).status_code == 200
    assert use(office, others).json() == {"username": "minh"}


def test_a_link_used_twice_at_the_same_moment_sets_one_password(office, chief, lan):
    token = link_of(chief, lan)
    words = ["ba con gà trống", "bốn con vịt bơi"]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda word: use(office, token, word).status_code, words))
    assert sorted(answers) == [200, 410]
    signed = [sign_in(office, "lan.anh", word)[1].status_code for word in words]
    assert [a == 200 for a in answers] == [s == 201 for s in signed]


def test_a_password_set_by_link_ends_sessions_and_tokens(office, chief, lan):
    use(office, link_of(chief, lan))
    client, _ = sign_in(office, "lan.anh")
    wanted = {"name": "đêm", "scopes": ["me"], "days": 5}
    program = office.anonymous(
        Authorization=f"Bearer {client.post('/api/v1/tokens', json=wanted).json()['token']}"
    )
    assert program.get("/api/v1/me").status_code == 200
    use(office, link_of(chief, lan), "bốn con vịt bơi")
    assert client.get("/api/v1/me").status_code == 401
    assert program.get("/api/v1/me").status_code == 401
    assert sign_in(office, "lan.anh")[1].status_code == 401


def test_a_bad_password_leaves_the_link_good(office, chief, lan):
    token = link_of(chief, lan)
    answer = use(office, token, "lan.anh")
    assert answer.status_code == 422
    assert len(answer.json()["faults"]) == 2
    assert use(office, token).status_code == 200


def test_a_link_is_only_for_what_it_was_made_for(small_office):
    who = small_office.account("planner", name="lan.anh")  # and nobody administers yet
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        token = links.make(work, links.PASSWORD, who)
    assert become_first(small_office, token).status_code == 410
    assert (
        use(small_office, first_admin_link(small_office.store, small_office.now)).status_code == 410
    )
    assert use(small_office, token).status_code == 200


# --- the first administrator ----------------------------------------------------------------------


def become_first(office, token, username="quan.tri"):
    return office.anonymous().post(
        "/api/v1/first-admin",
        json={"token": token, "username": username, "name": "Trần Minh", "password": PASSWORD},
    )


def test_the_first_administrator_is_made_by_the_link_and_then_there_is_no_other(office):
    token = first_admin_link(office.store, office.now)
    assert become_first(office, token).status_code == 201
    client, answer = sign_in(office, "quan.tri")
    assert answer.json()["roles"] == ["administrator"]
    assert client.get("/api/v1/accounts").json()["total"] == 1
    assert become_first(office, token, "second").status_code == 410
    assert first_admin_link(office.store, office.now) is None


def test_a_second_start_voids_the_link_of_the_first(office):
    first = first_admin_link(office.store, office.now)
    second = first_admin_link(office.store, office.now)
    assert become_first(office, first).status_code == 410
    office.later(hours=24)
    assert become_first(office, second).status_code == 410
    assert become_first(office, first_admin_link(office.store, office.now)).status_code == 201


def test_two_who_use_the_first_link_at_once_make_one_administrator(office):
    token = first_admin_link(office.store, office.now)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda n: become_first(office, token, n).status_code, ["aa", "bb"]))
    assert sorted(answers) == [201, 410]
    with office.store.reading() as db:
        assert accounts.page(db, 0, 10)[1] == 1


def test_an_old_first_link_is_dead_once_somebody_else_administers(small_office):
    token = first_admin_link(small_office.store, small_office.now)
    small_office.account_with(PASSWORD, "administrator", name="chief")
    assert become_first(small_office, token).status_code == 410


def test_when_no_administrator_can_sign_in_there_is_a_first_link_again(small_office):
    small_office.account("administrator", name="no.password")
    chief = small_office.account_with(PASSWORD, "administrator", name="chief")
    assert first_admin_link(small_office.store, small_office.now) is None
    with small_office.store.writing(PROGRAM, small_office.now) as work:
        accounts.change(work, chief, 1, AccountText("C", ("administrator",), active=False))
    assert become_first(
        small_office, first_admin_link(small_office.store, small_office.now), "chief"
    ).status_code == 409  # fmt: skip
    token = first_admin_link(small_office.store, small_office.now)
    assert become_first(small_office, token).status_code == 201


def test_the_roles_that_can_be_given_are_those_that_there_are():
    assert set(get_args(Role)) == set(ROLES)


def test_the_role_of_the_first_administrator_may_keep_accounts():
    assert "accounts.write" in ROLES[ADMINISTRATOR]
    assert [role for role in ROLES if "accounts.write" in ROLES[role]] == [ADMINISTRATOR]
