"""How a server starts, and in which single line it says that it cannot."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from httpx2 import Client
from sqlalchemy import text
from typer.testing import CliRunner

from api.cli import app
from data.store.alone import alone
from data.store.store import Store
from data.store.upgrading import current, newest, upgrade
from tests.databases import empty_url, fresh_url
from tests.serve.servers import Served
from tests.serve.test_jobs import until


@pytest.fixture
def migrate(monkeypatch):
    """`congvu migrate` on a home, with settings of the environment."""
    before = os.umask(0o077)

    def run(home, **settings):
        for name, value in settings.items():
            monkeypatch.setenv(f"CONGVU_{name.upper()}", value)
        return CliRunner().invoke(app, ["migrate", "--home", str(home)])

    yield run
    os.umask(before)


def serve(home, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "api.cli", "serve", *arguments], capture_output=True, text=True,
        check=False, timeout=120, env=Served(home).env,
    )  # fmt: skip


def test_the_first_start_makes_a_private_home_and_prints_a_way_in(tmp_path, migrate):
    home = tmp_path / "new" / "home"
    served = Served(home)
    home.parent.mkdir()
    served.start()
    try:
        link = served.process.stdout.readline()
        assert f"{served.url}/welcome?token=" in link
        assert home.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o077 for path in home.glob("*.db")} == {0}
        with Client(base_url=served.url) as client:
            until(lambda: client.get("/readyz").status_code == 200)
        second = serve(home, "--port", str(Served("").port))
        assert (second.returncode, migrate(home).exit_code) == (1, 1)
        for refused in (second, migrate(home)):
            assert refused.stderr.count("\n") == 1
            assert str(home) in refused.stderr
        other = serve(tmp_path / "other", "--port", str(served.port))
        assert (other.returncode, other.stderr.count("\n")) == (1, 1)
        assert f"Cổng {served.port}" in other.stderr
    finally:
        assert served.end(signal.SIGTERM) == 0


def test_a_database_of_a_newer_program_is_left_alone(tmp_path, migrate):
    url = fresh_url("sqlite", tmp_path)
    store = Store(url)
    with store.upkeep() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    (tmp_path / "home").mkdir()
    (tmp_path / url.rpartition("/")[2]).rename(tmp_path / "home" / "congvu.db")
    refused = migrate(tmp_path / "home")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert "9999" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"database_url": "not an address"}, "CONGVU_DATABASE_URL"),
        ({"database_url": "postgresql://u:geheim@127.0.0.1:1/none"}, "Không mở được cơ sở dữ liệu"),
        ({"workers": "many", "server_name": "Máy 1"}, "CONGVU_WORKERS, CONGVU_SERVER_NAME"),
    ],
)
def test_settings_that_do_not_work_are_named_without_a_secret(tmp_path, migrate, settings, told):
    refused = migrate(tmp_path / "home", **settings)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert told in refused.stderr
    assert "geheim" not in refused.stderr


def test_a_home_that_is_a_file_and_a_database_that_is_none(tmp_path, migrate):
    (tmp_path / "file").write_text("")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "congvu.db").write_text("hello " * 1000)
    for home in ("file", "home"):
        refused = migrate(tmp_path / home)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)


def test_an_empty_database_is_brought_up_only_when_that_is_wanted(tmp_path, migrate):
    refused = serve(tmp_path / "home", "--no-migrate", "--port", str(Served("").port))
    assert refused.returncode == 1
    assert "congvu migrate" in refused.stderr
    assert f"từ phiên bản 0 lên {newest()}" in migrate(tmp_path / "home").stdout
    again = migrate(tmp_path / "home")
    assert (again.exit_code, newest() in again.stdout) == (0, True)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_programs_that_upgrade_at_once_wait_for_each_other(tmp_path, engine):
    url, faults = empty_url(engine, tmp_path), []

    def bring_up():
        store = Store(url)
        try:
            upgrade(store)
        except Exception as error:
            faults.append(error)
        store.close()

    threads = [threading.Thread(target=bring_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store(url)
    assert faults == []
    assert current(store) == newest()
    store.close()


def test_a_name_is_held_by_one_server_until_it_goes(store):
    with alone(store, "one") as first, alone(store, "two") as other:
        assert (first, other) == (True, True)
        with alone(store, "one") as second:
            assert second == (store.dialect == "sqlite")  # there the lock of the home says it
    with alone(store, "one") as again:
        assert again
