"""Known errors of long work in words, in both languages, as a run keeps them."""

from __future__ import annotations

from typing import Any

from data.faults import DatasetError
from data.flags_file import FlagsFileError
from data.plan_files import PlanFileError
from data.rulefiles import RuleFilesError
from data.store.errors import StoreError
from data.words import LANGUAGES, Message
from scheduler.errors import FolderTaken, NoPlanFound, NoPlanPossible, PlanRefused, Refused
from scheduler.rotation_repair import RepairRefused
from scheduler.rulebook import TrialRefused
from scheduler.surprise.guard import GuardRefused


def told_error(error: Exception) -> dict[str, Any] | None:
    """{"kind", "vi", "en", ...} of a known error; None for one that nobody foresaw."""
    if isinstance(error, DatasetError | PlanFileError):
        return {"kind": "data", **{lang: error.text(lang) for lang in LANGUAGES}}
    if isinstance(error, NoPlanPossible):
        clash = error.clash
        return {"kind": "clash", **{lang: clash.text(lang) for lang in LANGUAGES}}
    if isinstance(error, NoPlanFound | FolderTaken | FlagsFileError | Refused | StoreError):
        return {"kind": "refused", **{lang: error.message.say(lang) for lang in LANGUAGES}}
    if isinstance(error, PlanRefused):
        head = Message(
            "Bộ kiểm tra độc lập phát hiện {n} vi phạm; chưa lưu gì.", {"n": len(error.breaches)}
        )
        return {"kind": "breaches", **{
            lang: "\n".join([head.say(lang), *(f"{b.rule}: {b.message.say(lang)}" for b in error.breaches)])
            for lang in LANGUAGES
        }}  # fmt: skip
    if isinstance(error, RuleFilesError | TrialRefused | RepairRefused | GuardRefused):
        faults = [f if isinstance(f, Message) else f.message for f in error.faults]
        return {"kind": "refused", **{
            lang: "\n".join(fault.say(lang) for fault in faults) for lang in LANGUAGES
        }}  # fmt: skip
    return None
