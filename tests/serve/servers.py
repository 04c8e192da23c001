"""Real `congvu serve` processes for tests, on a home that was filled beforehand."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

from httpx2 import Client

from api.clock import wall_clock
from api.identity import cookie_name
from api.settings import ServerSettings
from tests.clients import Office

ROOT = Path(__file__).parent.parent.parent


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        return door.getsockname()[1]


class Served:
    """A server on a home folder, started and ended as often as a test likes."""

    def __init__(self, home, **settings):
        self.home, self.port = home, free_port()
        self.env = {
            **os.environ, "PYTHONPATH": str(ROOT), "CONGVU_HOME": str(home),
            **{f"CONGVU_{name.upper()}": str(value) for name, value in settings.items()},
        }  # fmt: skip
        self.log = Path(f"{home}.log")
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.clients = []

    def start(self, *more):
        """The server, once it says that it runs."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api.cli", "serve", "--port", str(self.port), *more],
                env=self.env, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        line = self.process.stdout.readline()
        assert self.url in line, (line, self.log.read_text())

    def end(self, how):
        """Exit status after this signal."""
        self.process.send_signal(how)
        self.process.wait(60)
        self.process.stdout.close()
        return self.process.returncode

    def close(self):
        for client in self.clients:
            client.close()
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGKILL)

    def client(self, office, *roles, name):
        """Somebody signed in."""
        cookies = {cookie_name(office.settings): office.session(*roles, name=name)}
        self.clients.append(Client(base_url=f"{self.url}/api/v1", cookies=cookies, timeout=60))
        return self.clients[-1]


def office_at(store):
    """The department behind a server: accounts, sessions and a dataset are made in its store, by the clock."""
    office = Office(store, ServerSettings(_env_file=None))
    office.now = wall_clock()
    return office


def processes(home):
    """Ids of the processes that work for this home: runs of it and their solvers."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            environment = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if f"CONGVU_HOME={home}" in environment and re.search(r"api\.work|solver\.run", command):
            found[int(folder.name)] = command
    return found
