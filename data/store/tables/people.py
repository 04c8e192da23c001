"""Who signs in, with what, and what was done: accounts, sessions, tokens, the journal."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from data.store.schema import metadata
from data.store.types import Facts, Moment

accounts = Table(
    "accounts", metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(100), nullable=False, unique=True),  # folded to lower case
    Column("name", String(200), nullable=False),
    Column("roles", Facts, nullable=False),  # list of role names
    Column("password_hash", String(200)),  # none: signs in by a link, or through the city's own sign-in
    Column("subject", String(300), unique=True),  # who this is to the city's own sign-in (OIDC)
    Column("inspector_id", String(100)),
    Column("staff_id", String(100)),
    Column("lang", String(2), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("password_set_at", Moment),
    Column("revision", Integer, nullable=False),
)  # fmt: skip

links = Table(
    "links", metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_id", ForeignKey("accounts.id")),  # none: for the first administrator
    Column("purpose", String(20), nullable=False),  # first_admin, password
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)  # fmt: skip

sessions = Table(
    "sessions", metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),  # absolute; the idle limit counts from seen_at
    Column("ended_at", Moment),
    Column("device", String(300), nullable=False),
    Column("address", String(100), nullable=False),
)  # fmt: skip

sign_ins = Table(
    "sign_ins", metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(100), nullable=False),
    Column("address", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Column("good", Boolean, nullable=False),
    Index("ix_sign_ins_username_at", "username", "at"),
    Index("ix_sign_ins_address_at", "address", "at"),
)  # fmt: skip

tokens = Table(
    "tokens", metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("scopes", Facts, nullable=False),  # list of rights
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("ended_at", Moment),
)  # fmt: skip

feeds = Table(
    "feeds", metadata,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made_at", Moment, nullable=False),
)  # fmt: skip

answers_given = Table(
    "answers_given", metadata,  # to requests with an idempotency key
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_digest", String(64), nullable=False),  # of method, path and body
    Column("at", Moment, nullable=False, index=True),
    Column("status", Integer),  # none while the first request is being answered
    Column("headers", Facts),
    Column("body", LargeBinary),
)  # fmt: skip

journal = Table(
    "journal", metadata,  # append-only: triggers refuse change and deletion
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("account_id", Integer),  # none: the program itself, or nobody signed in
    Column("actor", String(200), nullable=False),
    Column("action", String(100), nullable=False, index=True),
    Column("noun", String(50), nullable=False),
    Column("noun_id", String(100), nullable=False),
    Column("details", Text, nullable=False),  # canonical JSON; the very text that is hashed
    Column("request_id", String(64), nullable=False),
    Column("run_id", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Index("ix_journal_noun", "noun", "noun_id"),
)  # fmt: skip
