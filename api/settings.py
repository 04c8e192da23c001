"""Settings of the server, from the environment (`CONGVU_...`): one frozen record."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.callers import proxies_of


class ServerSettings(BaseSettings):
    """How this installation runs; every field is an environment variable `CONGVU_<NAME>`.

    Attributes
    ----------
    home : folder of the SQLite databases and of scratch files
    database_url : "postgresql://user:password@host/name"; none: SQLite in `home`
    public_url : address in people's browsers; with https, cookies are for secure connections only
    workers : long works that run at once
    memory_mb : memory of one long work; its solves have a limit of their own
    server_name : tells servers apart that share a PostgreSQL; a server keeps its name over restarts
    effort_s : seconds that a solve is asked to take when nobody says otherwise
    upload_mb, body_kb : largest upload, and largest other request
    session_idle_min, session_hours : a session ends after idle minutes, and in any case after hours
    trusted_proxies : addresses whose word on the caller's address is believed, separated by commas
    demo : everything here is made up, and pages say so
    oidc_* : the city's own sign-in; needs the extra `oidc`
    """

    model_config = SettingsConfigDict(env_prefix="CONGVU_", frozen=True, extra="ignore")

    home: Path = Path("congvu-home")
    database_url: str = ""
    public_url: str = "http://127.0.0.1:8270"
    workers: int = Field(default=2, ge=1, le=64)
    memory_mb: int = Field(default=8192, ge=1024)
    server_name: str = Field(default="server", min_length=1, max_length=60, pattern="^[a-z0-9-]+$")
    effort_s: float = Field(default=60.0, ge=1, le=36_000)
    upload_mb: int = Field(default=32, ge=1, le=1024)
    body_kb: int = Field(default=256, ge=16, le=65536)
    session_idle_min: int = Field(default=60, ge=1)
    session_hours: int = Field(default=12, ge=1)
    trusted_proxies: str = ""
    demo: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, value: str) -> str:
        proxies_of(value)
        return value

    @property
    def store_url(self) -> str:
        """Address of the store."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'congvu.db'}"

    @property
    def jobs_url(self) -> str:
        """Address of the workflows' own tables: a second SQLite file, or the same PostgreSQL."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'jobs.db'}"

    @property
    def scratch(self) -> Path:
        """Where long works have their folders."""
        return self.home.resolve() / "scratch"

    @property
    def secure(self) -> bool:
        """Whether people come over https."""
        return self.public_url.startswith("https://")

    def as_environment(self) -> dict[str, str]:
        """These settings for a process that works for this one; what only the sign-in needs stays here."""
        given = {name: value for name, value in self if not name.startswith("oidc_")}
        given["home"] = self.home.resolve()
        return {f"CONGVU_{name.upper()}": str(value) for name, value in given.items()}
