"""Stands in for `api.work` in tests: `python -m tests.serve.kinds RUN PARENT` does kinds of its own.

Light to start. Asked: {"do": sleep, "s": seconds} | die (as often as `times` says) | fault | idle.
"""

import os
import signal
import sys
import time

from api.clock import wall_clock
from api.settings import ServerSettings
from api.work import UNFORESEEN, _die_with
from data.records.actors import PROGRAM
from data.store import runs
from data.store.store import Store


def main(run_id, parent):
    _die_with(int(parent))
    settings = ServerSettings()
    store = Store(settings.store_url)
    with store.reading() as db:
        run = runs.get(db, run_id)
    ask = run.ask
    (settings.scratch / run_id / "seen").write_text(str(os.getpid()))
    if ask["do"] == "fault":
        sys.exit(UNFORESEEN)
    if ask["do"] == "idle":
        return
    if run.attempts <= ask.get("times", 0):
        os.kill(os.getpid(), signal.SIGKILL)
    until = time.monotonic() + ask.get("s", 0)
    while time.monotonic() < until:
        with store.upkeep() as db:
            runs.tell(db, run_id, {"phase": "sleep", "pid": os.getpid()})
        time.sleep(0.1)
    with store.writing(PROGRAM, wall_clock()) as work:
        runs.finish(work, run_id, {"noun": "nap", "id": run.attempts})


if __name__ == "__main__":
    main(*sys.argv[1:])
