"""/tokens: my API tokens. Making one takes no idempotency key: its secret is to be kept nowhere."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Response, status
from pydantic import BaseModel, ConfigDict, Field

from api.access import IN_PERSON, InPerson
from api.deps import Now, StoreDep
from api.fields import Line, RowId
from api.paging import Listed, PageDep
from api.problems import Problem, ProblemError
from data.records.actors import Actor
from data.store.tokens import ApiToken
from data.words import Message
from scheduler.journeys.online import tokens

router = APIRouter(prefix="/tokens", tags=["tokens"])


class TokenIn(BaseModel):
    """A token for a program of mine."""

    model_config = ConfigDict(extra="forbid")

    name: Line = Field(min_length=1, max_length=200, examples=["Đồng bộ lịch hằng đêm"])
    scopes: list[Line] = Field(
        min_length=1, max_length=50, description="rights of mine", examples=[["plans.read"]]
    )
    days: int = Field(ge=1, le=365, description="good for so many days", examples=[90])


class TokenOut(BaseModel):
    """A token of mine; never its secret."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["Đồng bộ lịch hằng đêm"])
    scopes: list[str] = Field(examples=[["plans.read"]])
    made_at: datetime = Field(examples=["2027-03-01T02:00:00Z"])
    expires_at: datetime = Field(examples=["2027-05-30T02:00:00Z"])
    used_at: datetime | None = Field(description="to the minute", examples=[None])


class NewTokenOut(TokenOut):
    """A token just made: the secret is shown once."""

    token: str = Field(examples=["cvt_Vd8…"])


def _facts(token: ApiToken) -> dict[str, object]:
    return {
        "id": token.id, "name": token.name, "scopes": list(token.scopes), "made_at": token.made_at,
        "expires_at": token.expires_at, "used_at": token.used_at,
    }  # fmt: skip


def own_rights(by: Actor, scopes: list[str]) -> tuple[str, ...]:
    """The scopes in order, when all are rights that this person may hand to a program."""
    foreign = sorted(set(scopes) - (by.rights - IN_PERSON))
    if foreign:
        detail = Message("Có {n} quyền không thể giao cho mã này.", {"n": len(foreign)})
        fault = Message("Tài khoản này không có quyền đó, hoặc quyền đó chỉ dùng khi tự đăng nhập.")
        faults = [{"field": "body.scopes", "found": right, "message": fault} for right in foreign]
        raise ProblemError(Problem(422, "scopes", Message("Quyền không giao được"), detail, faults))
    return tuple(sorted(set(scopes)))


@router.get("")
def list_tokens(by: InPerson, page: PageDep, store: StoreDep, now: Now) -> Listed[TokenOut]:
    """My good tokens, the newest first."""
    found, total = tokens.list_tokens(store, by, now, page.offset, page.limit)
    items = [TokenOut.model_validate(_facts(token)) for token in found]
    return Listed(total=total, offset=page.offset, items=items)


@router.post("", status_code=status.HTTP_201_CREATED)
def make_token(
    by: InPerson, wanted: TokenIn, store: StoreDep, now: Now, response: Response
) -> NewTokenOut:
    """A new token: its secret is in this answer and nowhere else."""
    scopes = own_rights(by, wanted.scopes)
    made, secret = tokens.make_token(store, by, now, wanted.name, scopes, wanted.days)
    response.headers["Location"] = f"/api/v1/tokens/{made.id}"
    return NewTokenOut.model_validate({**_facts(made), "token": secret})


@router.get("/{token_id}")
def read_token(by: InPerson, token_id: RowId, store: StoreDep, now: Now) -> TokenOut:
    """One token of mine."""
    return TokenOut.model_validate(_facts(tokens.one_token(store, by, now, token_id)))


@router.delete("/{token_id}", status_code=status.HTTP_204_NO_CONTENT)
def revoke_token(by: InPerson, token_id: RowId, store: StoreDep, now: Now) -> None:
    """The token lets nobody in any more."""
    tokens.revoke_token(store, by, now, token_id)
