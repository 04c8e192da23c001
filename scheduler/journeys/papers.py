"""The official papers of a plan, yearly or of rotation, written whole into one folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from data import rulefiles
from data.calendar import WorkCalendar
from data.exports.rotation_public import public_office, public_plan
from data.faults import Fault
from data.papers.organisation_in import PapersRefused
from data.papers.plan_names import names_shown
from data.papers.shelf import open_shelf, template_files
from data.papers.writing import Press
from data.plan_in import read_plan
from data.records import Office, Plan, RotationPlan
from data.rotation_in import is_rotation, read_rotation
from data.tables import read_dataset
from data.whole_folder import put_folder, refuse_foreign
from data.words import Message
from scheduler.journeys.flags import WHOLE_CITY
from scheduler.journeys.paper_choices import PapersAsk, refuse_absent, refuse_choices
from scheduler.journeys.paper_desk import day_of, desk_of, people_of, trial_of
from scheduler.journeys.paper_files import OnPaper, Table
from scheduler.papers.amended import amendment
from scheduler.papers.covering import covering_note, left_blank
from scheduler.papers.evidence import Evidence
from scheduler.papers.kinds import Paper
from scheduler.papers.letterhead import Desk
from scheduler.papers.names import Names, Person, Post, names_of
from scheduler.papers.rotation_papers import rotation_papers
from scheduler.papers.visits import Visits
from scheduler.papers.year_papers import year_papers
from scheduler.rulebook import in_force

FORMAT = "congvu-papers/1"
PUBLIC = "cong-khai"  # folder of the copy that may be posted


@dataclass(frozen=True)
class PapersWritten:
    """What was written: file name without suffix -> what it is; remarks for who reads the folder."""

    folder: Path
    files: Mapping[str, str]
    remarks: tuple[Message, ...] = ()


def write_papers(
    ask: PapersAsk, office: Office | None = None, on_paper: OnPaper | None = None
) -> PapersWritten:
    """Every paper of a plan as Word and PDF/A, all put in place at once.

    Parameters
    ----------
    office : the dataset, when it is already read; else it is read from `ask.data`, if given

    Raises
    ------
    data.papers.organisation.PapersRefused
        Settings, numbers, templates or choices with faults; everything is told at once.
    data.plan_in.PlanFileError, data.faults.DatasetError
        The plan or the dataset cannot be read.
    """
    refuse_foreign(ask.out.resolve(), "papers.json", FORMAT)
    plan = read_rotation(ask.plan) if is_rotation(ask.plan) else read_plan(ask.plan)
    if office is None and ask.data is not None:
        office = read_dataset(ask.data, limits=WHOLE_CITY).office()
    return write_papers_of(plan, ask, office, on_paper)


def write_papers_of(
    plan: Plan | RotationPlan, ask: PapersAsk, office: Office | None, on_paper: OnPaper | None = None,
    amends: Plan | None = None,
) -> PapersWritten:  # fmt: skip
    """The same for a plan that is already read; with an office nothing is read from `ask.plan`.

    Parameters
    ----------
    amends : the plan that this one amends; else it is read from `ask.against`, if given

    Raises
    ------
    data.papers.organisation.PapersRefused
    """
    rotation = isinstance(plan, RotationPlan)
    rulebook = in_force(rulefiles.read_rules(), date(plan.year, 1, 1), trial_of(plan))
    desk = desk_of(ask, plan, rulebook, rotation)
    refuse_choices(ask, plan, desk.numbers)
    names = _names(ask, plan, office, rotation)
    if isinstance(plan, RotationPlan):
        papers = _rotation(ask, plan, office or Office(), names, desk)
    else:
        if amends is None and ask.against is not None:
            amends = read_plan(ask.against)
        papers = _year(ask, plan, office or Office(), names, desk, amends)
    if ask.only:
        refuse_absent(ask.only, papers)
        papers = [paper for paper in papers if paper.kind.key in ask.only]
    return _put(ask, plan, papers, desk, office, on_paper)


def write_templates(folder: Path) -> list[str]:
    """The shipped templates and the list of their fields, for an office to change; the names of the files."""
    files = template_files()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = Message("Thư mục «{path}» đã có tệp; chọn thư mục trống.", {"path": folder})
        raise PapersRefused([Fault("", 0, "", "", message)], folder.name)
    put_folder(files, folder.resolve())
    return list(files)


def _names(
    ask: PapersAsk, plan: Plan | RotationPlan, office: Office | None, rotation: bool
) -> Names:
    if office is not None:
        return names_of(office, day_of(plan))
    shown = names_shown(ask.plan, rotation)
    return Names(
        shown.units, {who: Person(name) for who, name in shown.inspectors.items()}, shown.staff,
        {post: Post(*told) for post, told in shown.posts.items()},
    )  # fmt: skip


def _year(
    ask: PapersAsk, plan: Plan, office: Office, names: Names, desk: Desk, amends: Plan | None
) -> list[Paper]:
    visits = Visits(desk, names, office, WorkCalendar(office.calendar))
    evidence = Evidence(plan, desk, names, office, ask.on or date(plan.year, 1, 1))
    papers = year_papers(plan, visits, evidence, ask.chosen)
    if not office.units:
        papers = [p for p in papers if p.kind.key not in NEED_DATA]
    if amends is not None:
        papers.append(amendment(amends, plan, visits))
    return papers


def _rotation(
    ask: PapersAsk, plan: RotationPlan, office: Office, names: Names, desk: Desk
) -> list[Paper]:
    people = people_of(ask, plan, office, desk, names)
    papers = rotation_papers(people, ask.chosen, ask.each)
    if people.public:
        return papers
    posted = replace(people, plan=public_plan(plan), office=public_office(office))
    return papers + [replace(p, folder=PUBLIC) for p in rotation_papers(posted, (), False)]


NEED_DATA = ("theo-doi-khac-phuc", "minh-chung")


def _put(
    ask: PapersAsk, plan: Plan | RotationPlan, papers: list[Paper], desk: Desk, office: Office | None,
    on_paper: OnPaper | None,
) -> PapersWritten:  # fmt: skip
    values: dict[str, list[Mapping[str, object]]] = {"phieu-trinh": []}
    for paper in papers:
        values.setdefault(paper.kind.key, []).extend(inside for _, inside in paper.copies)
    shelf = open_shelf(ask.templates, values)
    unknown = _unknown(plan, office)
    missing = [*(message.say("vi") for message in unknown), *left_blank(desk, papers)]
    with Press() as press:
        table = Table(ask.each, desk, shelf, press, on_paper)
        for paper in papers:
            table.put(paper)
        if not ask.only:
            notes = _marks(plan)
            notes += [remark.say("vi") for remark in table.remarks]
            doubtful = _doubtful(ask, plan, office, desk)
            table.put(
                covering_note(desk, papers, list(table.told.items()), missing, notes, doubtful)
            )
        files = press.files()
    facts = {
        "format": FORMAT, "plan_id": plan.facts.get("plan_id", ""), "year": plan.year,
        "papers": table.told,
    }  # fmt: skip
    files["papers.json"] = (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
    put_folder(files, ask.out.resolve())
    return PapersWritten(ask.out, table.told, (*unknown, *table.remarks))


def _marks(plan: Plan | RotationPlan) -> list[str]:
    """What the plan itself marks: days that are not official yet, warnings."""
    return [mark["vi"] for key in ("provisional", "warnings") for mark in plan.facts.get(key) or ()]


def _doubtful(
    ask: PapersAsk, plan: Plan | RotationPlan, office: Office | None, desk: Desk
) -> list[str]:
    """Citations of rotation terms that are not certain."""
    if not isinstance(plan, RotationPlan):
        return []
    return people_of(ask, plan, office or Office(), desk).doubtful()


def _unknown(plan: Plan | RotationPlan, office: Office | None) -> list[Message]:
    """What the papers lack for want of the dataset."""
    if office is not None:
        made_from = plan.facts.get("birth", {}).get("data", office.digest)
        return [] if made_from == office.digest or not office.digest else [OTHER_DATA]
    return [NO_PEOPLE if isinstance(plan, RotationPlan) else NO_OFFICE]


OTHER_DATA = Message("Bộ dữ liệu khác với bộ dữ liệu đã lập kế hoạch: đối chiếu tên, chức vụ.")
NO_PEOPLE = Message(
    "Không có --data: năm sinh, lĩnh vực, số văn bản, thời hạn, văn bản quy định, tên người chưa hoặc "
    "không thực hiện chuyển đổi để trống hoặc ghi bằng mã."
)
NO_OFFICE = Message(
    "Không có --data: chức vụ thành viên đoàn, tên chuyên đề, tồn tại phải khắc phục để trống hoặc ghi "
    "bằng mã; không có phiếu theo dõi khắc phục và minh chứng Chỉ số cải cách hành chính."
)
