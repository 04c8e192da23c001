"""The life of a plan: which step leads from which state to which, and who must not be the same person. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from data.words import Message
from scheduler.errors import Refused

DRAFT, CHECKED, SUBMITTED, APPROVED = "draft", "checked", "submitted", "approved"
PUBLISHED, AMENDED, CLOSED, DISCARDED = "published", "amended", "closed", "discarded"
STATES: Mapping[str, Message] = MappingProxyType({
    DRAFT: Message("dự thảo"),
    CHECKED: Message("đã kiểm tra quy tắc"),
    SUBMITTED: Message("đã trình"),
    APPROVED: Message("đã phê duyệt"),
    PUBLISHED: Message("đã ban hành"),
    AMENDED: Message("đã được thay bằng bản điều chỉnh"),
    CLOSED: Message("đã khép lại"),
    DISCARDED: Message("đã bỏ"),
})  # fmt: skip
SEALED = frozenset({PUBLISHED, AMENDED, CLOSED})  # rows, files and facts change no more
EDITABLE = frozenset({DRAFT, CHECKED})
IN_FORCE = frozenset({PUBLISHED})  # what reaches inspectors


@dataclass(frozen=True)
class Step:
    """One way from a state to another.

    Attributes
    ----------
    apart : who takes it is neither the maker nor an editor nor who submitted it
    """

    name: str
    words: Message
    sources: frozenset[str]
    to: str
    apart: bool = False


STEPS: Mapping[str, Step] = MappingProxyType({
    step.name: step
    for step in (
        Step("edit", Message("chỉnh sửa"), EDITABLE, DRAFT),
        Step("check", Message("kiểm tra theo quy tắc"), EDITABLE, CHECKED),
        Step("submit", Message("trình"), frozenset({CHECKED}), SUBMITTED),
        Step("send_back", Message("trả lại"), frozenset({SUBMITTED, APPROVED}), DRAFT, apart=True),
        Step("approve", Message("phê duyệt"), frozenset({SUBMITTED}), APPROVED, apart=True),
        Step("publish", Message("ban hành"), frozenset({APPROVED}), PUBLISHED),
        Step("amend", Message("điều chỉnh"), frozenset({PUBLISHED}), AMENDED),
        Step("close", Message("khép lại"), frozenset({PUBLISHED}), CLOSED),
        Step("discard", Message("hủy bỏ"), EDITABLE, DISCARDED),
    )
})  # fmt: skip
NEXT: Mapping[str, Message] = MappingProxyType({
    DRAFT: Message("kiểm tra theo quy tắc, rồi trình"),
    CHECKED: Message("trình lãnh đạo, hoặc sửa tiếp"),
    SUBMITTED: Message("lãnh đạo phê duyệt hoặc trả lại"),
    APPROVED: Message("ban hành, hoặc lãnh đạo trả lại để sửa"),
    PUBLISHED: Message("lập bản điều chỉnh nếu cần thay đổi, hoặc khép lại khi hết năm"),
    AMENDED: Message("xem bản điều chỉnh đang có hiệu lực"),
    CLOSED: Message("không còn bước nào; lập kế hoạch mới"),
    DISCARDED: Message("không còn bước nào; lập kế hoạch mới"),
})  # fmt: skip


def after(step: str, status: str) -> str:
    """The state after a step.

    Raises
    ------
    Refused
        The step does not lead on from this state; the message says which one it is and what comes next.

    >>> after("submit", "checked")
    'submitted'
    """
    wanted = STEPS[step]
    if status not in wanted.sources:
        raise Refused(Message(
            "Kế hoạch đang ở trạng thái «{state}» nên không {step} được. Bước tiếp theo: {next}.",
            {"state": STATES[status], "step": wanted.words, "next": NEXT[status]},
        ))  # fmt: skip
    return wanted.to


def refuse_same_person(step: str, who: int | None, behind: Collection[int | None]) -> None:
    """Two pairs of eyes: nothing happens unless the step is for somebody else and this is one `behind` it.

    Raises
    ------
    Refused
    """
    if STEPS[step].apart and (who is None or who in behind):
        raise Refused(Message(
            "Người lập, người sửa hoặc người trình kế hoạch không được tự {step}. Nhờ một lãnh đạo khác.",
            {"step": STEPS[step].words},
        ))  # fmt: skip


def refuse_trial(trial: bool) -> None:
    """A plan with values that are not the law's never goes further than its check.

    Raises
    ------
    Refused
    """
    if trial:
        raise Refused(Message(
            "Kế hoạch thử, có giá trị không phải của văn bản hoặc giả định: không trình được. Lập kế hoạch "
            "theo giá trị của văn bản rồi trình.",
        ))  # fmt: skip


def open_steps(status: str) -> tuple[str, ...]:
    """Names of the steps that lead on from a state, without those that others bring about.

    >>> open_steps("submitted")
    ('send_back', 'approve')
    """
    return tuple(name for name, step in STEPS.items() if status in step.sources and name != "amend")
