"""What the operator decides: read from the environment once, checked at once, then frozen."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tracker import keys
from tracker.keys import BadKey, KeyRing

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# A unix socket's path may hold about 107 bytes; the rest is room for temporary names beside it.
SOCKET_PATH_LIMIT = 100


class ConfigurationError(Exception):
    """The settings cannot be used; `problems` holds one sentence each, with what to do."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Settings:
    """Every setting of one installation. Made by `from_env`; changed for a test with `dataclasses.replace`."""

    environment: str
    host: str
    port: int
    base_url: str
    database_url: str = field(repr=False)
    migration_database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    smtp_url: str | None = field(repr=False)
    mail_from: str
    data_dir: Path
    files_dir: Path
    trusted_proxies: int
    operated_by: str
    allow_sqlite: bool
    embedded_broker: bool
    key_rings: Mapping[str, KeyRing] = field(repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment. Raise ConfigurationError with every problem found, not only the first."""
        reader = _Reader(os.environ if environ is None else environ)
        settings = reader.settings()
        if reader.problems:
            raise ConfigurationError(reader.problems)
        return settings

    @classmethod
    def or_exit(cls) -> "Settings":
        """Read the environment, or end this process with every problem on standard error."""
        try:
            return cls.from_env()
        except ConfigurationError as problem:
            raise SystemExit(str(problem)) from None

    @property
    def is_production(self) -> bool:
        """Real data: demonstration accounts, generated keys and a shifted clock are refused."""
        return self.environment == "production"

    @property
    def is_demo(self) -> bool:
        """A demonstration: labelled as one everywhere, with one-click sign-in."""
        return self.environment == "demo"

    @property
    def is_sqlite(self) -> bool:
        """The embedded database rather than PostgreSQL."""
        return self.database_url.startswith("sqlite")

    @property
    def is_https(self) -> bool:
        """The browser speaks TLS to us, so cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def sqlite_path(self) -> Path | None:
        """The SQLite database's file, or None on PostgreSQL."""
        return Path(self.database_url.removeprefix("sqlite:///")) if self.is_sqlite else None

    @property
    def secret_key(self) -> str:
        """Flask's SECRET_KEY."""
        return self.key_rings["secret"].current.decode()

    @property
    def secret_key_fallbacks(self) -> list[str]:
        """Older secret keys, accepted but no longer used to sign."""
        return [key for _, key in self.key_rings["secret"].versions[1:]]

    @property
    def sealing_key(self) -> KeyRing:
        """Seals personal data."""
        return self.key_rings["sealing"]

    @property
    def link_key(self) -> KeyRing:
        """Signs links in mail."""
        return self.key_rings["link"]

    @property
    def record_key(self) -> KeyRing:
        """Signs the head of the record."""
        return self.key_rings["record"]

    @property
    def broker_url(self) -> str:
        """REDIS_URL as Celery spells it."""
        return _respell_socket(self.redis_url, "redis+socket")

    @property
    def limiter_storage_uri(self) -> str:
        """REDIS_URL as the rate limiter spells it."""
        return _respell_socket(self.redis_url, "redis+unix")

    @property
    def trusted_hosts(self) -> list[str]:
        """The host names this site answers to; any other Host header is refused."""
        named = urlsplit(self.base_url).hostname or "localhost"
        return [named] if self.is_production else sorted({named, self.host, "localhost", "127.0.0.1"})

    @property
    def keys_dir(self) -> Path:
        """Where generated keys lie."""
        return self.data_dir / "keys"

    @property
    def broker_socket(self) -> Path:
        """The embedded broker's unix socket."""
        return embedded_socket(self.data_dir)


def embedded_socket(data_dir: Path) -> Path:
    """A socket path below the system's length limit: in the data folder, else in the temporary folder."""
    near = data_dir / "run" / "broker.sock"
    if len(os.fsencode(near)) < SOCKET_PATH_LIMIT:
        return near
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"tracker-{os.getuid()}-{mark}" / "broker.sock"


def _respell_socket(url: str, scheme: str) -> str:
    return f"{scheme}://{url.removeprefix('unix://')}" if url.startswith("unix://") else url


class _Reader:
    """Reads one environment and collects problems instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]):
        self.environ = environ
        self.problems: list[str] = []
        self.production = self._environment() == "production"

    def settings(self) -> Settings:
        data_dir = self._folder("DATA_DIR", ROOT / "var")
        host = self._text("HOST", "127.0.0.1")
        port = self._number("PORT", 8000, lowest=1, highest=65535)
        database_url = self._database_url("DATABASE_URL", f"sqlite:///{data_dir / 'tracker.sqlite3'}")
        smtp_url = self._url("SMTP_URL", None, ("smtp", "smtps"))
        settings = Settings(
            environment="production" if self.production else "demo",
            host=host,
            port=port,
            base_url=self._base_url(host, port),
            database_url=database_url,
            migration_database_url=self._database_url("MIGRATION_DATABASE_URL", database_url),
            redis_url=self._redis_url(data_dir),
            smtp_url=smtp_url,
            mail_from=self._mail_from(),
            data_dir=data_dir,
            files_dir=self._folder("FILES_DIR", data_dir / "files"),
            trusted_proxies=self._number("TRUSTED_PROXIES", 0, lowest=0, highest=10),
            operated_by=self._text("OPERATED_BY", ""),
            allow_sqlite=self._text("ALLOW_SQLITE", "") == "1",
            embedded_broker="REDIS_URL" not in self.environ,
            key_rings={name: self._key_ring(name, data_dir) for name in keys.NAMES},
        )
        if self.production:
            self._refuse_what_only_suits_a_demonstration(settings)
        return settings

    def _text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def _environment(self) -> str:
        value = self._text("TRACKER_ENV", "demo")
        if value not in ("demo", "production"):
            self.problems.append(f'TRACKER_ENV is "{value}": set it to demo or production.')
        return value

    def _number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        text = self._text(name, str(default))
        if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
            return int(text)
        self.problems.append(f'{name} is "{text}": set it to a whole number from {lowest} to {highest}.')
        return default

    def _folder(self, name: str, default: Path) -> Path:
        return Path(os.path.abspath(Path(self._text(name, str(default))).expanduser()))

    def _url(self, name: str, default: str | None, schemes: tuple[str, ...]) -> str | None:
        value = self._text(name, default or "")
        if not value:
            return None
        try:
            parts = urlsplit(value)
            fits = parts.scheme in schemes and bool(parts.hostname or parts.path) and (parts.port or 1) > 0
        except ValueError:
            fits = False
        if not fits:
            wanted = " or ".join(f"{scheme}://" for scheme in schemes)
            self.problems.append(f"{name} is not an address this program can use: it must begin with {wanted}.")
        return value

    def _database_url(self, name: str, default: str) -> str:
        value = self._url(name, default, ("sqlite", "postgresql", "postgres", "postgresql+psycopg")) or default
        for plain in ("postgresql://", "postgres://"):
            if value.startswith(plain):
                return "postgresql+psycopg://" + value.removeprefix(plain)
        if value.startswith("sqlite:///") and not value.startswith("sqlite:////"):
            return f"sqlite:///{os.path.abspath(value.removeprefix('sqlite:///'))}"
        return value

    def _redis_url(self, data_dir: Path) -> str:
        default = f"unix://{embedded_socket(data_dir)}"
        return self._url("REDIS_URL", default, ("redis", "rediss", "unix")) or default

    def _base_url(self, host: str, port: int) -> str:
        shown = "localhost" if host in ("0.0.0.0", "::", *LOOPBACK) else host  # noqa: S104 - compared, not bound
        return (self._url("BASE_URL", f"http://{shown}:{port}", ("http", "https")) or "").rstrip("/")

    def _mail_from(self) -> str:
        value = self._text("MAIL_FROM", "assistance-tracker@localhost")
        if "@" not in value or any(character in value for character in "\r\n"):
            self.problems.append(f'MAIL_FROM is "{value}": set it to an e-mail address.')
        return value

    def _key_ring(self, name: str, data_dir: Path) -> KeyRing:
        variable = f"{name.upper()}_KEY"
        try:
            return KeyRing.parse(self._key_text(name, variable, data_dir))
        except BadKey as problem:
            self.problems.append(f"{variable} {problem}.")
        except OSError as problem:
            self.problems.append(f"{variable}_FILE cannot be read ({problem.strerror}): name a readable file.")
        return KeyRing((("0", ""),))

    def _key_text(self, name: str, variable: str, data_dir: Path) -> str:
        if self.environ.get(variable):
            return self.environ[variable]
        if self.environ.get(f"{variable}_FILE"):
            return Path(self.environ[f"{variable}_FILE"]).read_text()
        if self.production:
            raise BadKey("is missing: set it, or name a file that holds it in " + variable + "_FILE")
        keys.ensure(data_dir / "keys")
        return keys.key_file(data_dir / "keys", name).read_text()

    def _refuse_what_only_suits_a_demonstration(self, settings: Settings) -> None:
        for name in ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "MAIL_FROM", "BASE_URL", "OPERATED_BY"):
            if not self.environ.get(name):
                self.problems.append(f"{name} is missing: production needs it set.")
        for name, ring in settings.key_rings.items():
            if ring.generated:
                self.problems.append(
                    f"{name.upper()}_KEY was generated for a demonstration: make one with `openssl rand -base64 48`."
                )
        current = [ring.current for ring in settings.key_rings.values() if ring.current]
        if len(set(current)) < len(current):
            self.problems.append("Two of the keys are equal: give every purpose a key of its own.")
        if settings.is_sqlite and self.environ.get("DATABASE_URL") and not settings.allow_sqlite:
            self.problems.append("DATABASE_URL names SQLite: use PostgreSQL, or set ALLOW_SQLITE=1 if you mean it.")
        if not settings.is_https and urlsplit(settings.base_url).hostname not in LOOPBACK:
            self.problems.append("BASE_URL must begin with https:// in production: put TLS in front.")
