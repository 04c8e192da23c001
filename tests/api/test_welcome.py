"""The first administrator, and passwords by one-time link, as pages."""

from data.records.actors import PROGRAM
from scheduler.journeys.online import links

HTML = {"accept": "text/html", "accept-language": "vi"}
FORM = {"username": "quan.ly", "name": "Trần Quản Lý", "password": "mười hai con giáp"}


def test_the_first_administrator_is_made_by_a_link_that_works_once(office):
    token = links.first_admin_link(office.store, office.now)
    nobody = office.anonymous(**HTML)
    assert "Người quản trị đầu tiên" in nobody.get(f"/welcome?token={token}").text
    made = nobody.post("/welcome", data={**FORM, "token": token})
    assert made.url.path == "/sign-in"
    assert "Đã lập tài khoản quản trị" in made.text
    signed_in = nobody.post("/sign-in", data={**FORM, "next": "/"})
    assert "Tài khoản theo vai trò" in signed_in.text
    again = nobody.post("/welcome", data={**FORM, "username": "hai", "token": token})
    assert again.status_code in (401, 403, 404, 409, 410, 422)
    assert "Liên kết này đã dùng" in again.text


def test_everything_wrong_with_a_password_is_said(small_office):
    token = links.first_admin_link(small_office.store, small_office.now)
    answer = small_office.anonymous(**HTML).post(
        "/welcome", data={**FORM, "password": "ngắn", "token": token}
    )
    assert answer.status_code == 422
    assert "Mật khẩu có 4 ký tự; cần ít nhất 10" in answer.text
    assert FORM["name"] not in answer.text


def test_a_password_is_set_by_its_link_and_whoever_was_signed_in_is_out(office):
    client = office.client("planner", name="lan", lang="vi")
    who = office.account(name="lan")
    link = links.make_password_link(office.store, PROGRAM, office.now, who)
    nobody = office.anonymous(**HTML)
    assert "«lan»" in nobody.get(f"/password?token={link.token}").text
    set_ = nobody.post("/password", data={"token": link.token, "password": FORM["password"]})
    assert "Đã đặt mật khẩu" in set_.text
    assert client.get("/", headers=HTML).url.path == "/sign-in"
    assert (
        nobody.post("/sign-in", data={"username": "lan", "password": FORM["password"]}).url.path
        == "/"
    )


def test_a_link_of_yesterday_says_that_it_is_void(small_office):
    who = small_office.account("planner", name="lan")
    link = links.make_password_link(small_office.store, PROGRAM, small_office.now, who)
    small_office.later(hours=25)
    answer = small_office.anonymous(**HTML).get(f"/password?token={link.token}")
    assert answer.status_code >= 400
    assert "Liên kết này đã dùng, đã hết hạn" in answer.text
