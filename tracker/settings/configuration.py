"""What the operator decides: read from the environment once, checked at once, then frozen."""

import hashlib
import ipaddress
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tracker.settings import keys
from tracker.settings.environment import Reader
from tracker.settings.host_names import Bracketed
from tracker.settings.keys import BadKey, KeyRing

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Listening on every address, and where the site then answers on this machine.
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound

# A unix socket's path may hold about 107 bytes; the rest is room for temporary names beside it.
SOCKET_PATH_LIMIT = 100


def broker_socket_path(data_dir: Path) -> Path:
    """A socket path below the system's length limit: in the data folder, else in the temporary folder."""
    near = data_dir / "run" / "broker.sock"
    if len(os.fsencode(near)) < SOCKET_PATH_LIMIT:
        return near
    mark = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"tracker-{os.getuid()}-{mark}" / "broker.sock"


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
    reply_to: str | None
    data_dir: Path
    files_dir: Path
    trusted_proxies: int
    operated_by: str
    allow_sqlite: bool
    embedded_broker: bool
    web_processes: int
    web_threads: int
    worker_processes: int
    import_source_days: int
    rate_limits: bool
    clock_file: Path | None
    account_request_days: int
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
        return _is_sqlite(self.database_url)

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
    def link_key(self) -> KeyRing:
        """Signs links in mail."""
        return self.key_rings["link"]

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
        names = [named] if self.is_production else sorted({named, self.host, *LOOPBACK})
        return [Bracketed(f"[{name}]") if ":" in name else name for name in names]

    @property
    def broker_socket(self) -> Path:
        """The embedded broker's unix socket."""
        return broker_socket_path(self.data_dir)


def _is_sqlite(url: str) -> bool:
    return url.startswith("sqlite")


def _respell_socket(url: str, scheme: str) -> str:
    return f"{scheme}://{url.removeprefix('unix://')}" if url.startswith("unix://") else url


class _Reader(Reader):
    """Reads the settings of one installation."""

    def __init__(self, environ: Mapping[str, str]):
        super().__init__(environ)
        self.production = self.choice("TRACKER_ENV", "demo", ("demo", "production")) == "production"

    def settings(self) -> Settings:
        data_dir = self.folder("DATA_DIR", ROOT / "var")
        host = self._host()
        port = self.number("PORT", 8000, lowest=1, highest=65535)
        database_url = self._database_url("DATABASE_URL", f"sqlite:///{data_dir / 'tracker.sqlite3'}")
        settings = Settings(
            environment="production" if self.production else "demo",
            host=host,
            port=port,
            base_url=self._base_url(host, port),
            database_url=database_url,
            migration_database_url=self._migration_database_url(database_url),
            redis_url=self._redis_url(data_dir),
            smtp_url=self.url("SMTP_URL", None, ("smtp", "smtps")),
            mail_from=self.address("MAIL_FROM", "assistance-tracker@localhost"),
            reply_to=self.address("REPLY_TO", "") if self.text("REPLY_TO", "") else None,
            data_dir=data_dir,
            # Below DATA_DIR, which was looked at: only a folder of its own can be a problem of its own.
            files_dir=self.folder("FILES_DIR", data_dir / "files")
            if self.text("FILES_DIR", "")
            else data_dir / "files",
            trusted_proxies=self.number("TRUSTED_PROXIES", 0, lowest=0, highest=10),
            operated_by=self.text("OPERATED_BY", ""),
            allow_sqlite=self.text("ALLOW_SQLITE", "") == "1",
            embedded_broker=not self.text("REDIS_URL", ""),
            # SQLite has one writer at a time; PostgreSQL serves as many processes as there are cores.
            web_processes=self.number("WEB_CONCURRENCY", 1 if _is_sqlite(database_url) else 2, lowest=1, highest=64),
            web_threads=self.number("WEB_THREADS", 8, lowest=1, highest=64),
            worker_processes=self.number("WORKER_CONCURRENCY", 2, lowest=1, highest=64),
            import_source_days=self.number("IMPORT_SOURCE_DAYS", 90, lowest=7, highest=3650),
            rate_limits=self.choice("RATE_LIMITS", "on", ("on", "off")) == "on",
            clock_file=Path(self.text("CLOCK_FILE", "")) if self.text("CLOCK_FILE", "") else None,
            account_request_days=self.number("ACCOUNT_REQUEST_DAYS", 90, lowest=30, highest=3650),
            key_rings=self._key_rings(data_dir),
        )
        if self.production:
            self._refuse_what_only_suits_a_demonstration(settings)
        return settings

    def _host(self) -> str:
        value = self.text("HOST", "127.0.0.1")
        try:
            if ":" in value:
                ipaddress.IPv6Address(value)
            elif not re.fullmatch(r"[\w.-]+", value):
                raise ValueError
        except ValueError:
            self.problems.append(f'HOST is "{value}": set it to an address of this machine, such as 127.0.0.1 or ::1.')
            return "127.0.0.1"
        return value

    def _database_url(self, name: str, default: str) -> str:
        value = self.url(name, default, ("sqlite", "postgresql", "postgres", "postgresql+psycopg")) or default
        for plain in ("postgresql://", "postgres://"):
            if value.startswith(plain):
                return "postgresql+psycopg://" + value.removeprefix(plain)
        if value.startswith("sqlite:///") and not value.startswith("sqlite:////"):
            return f"sqlite:///{os.path.abspath(value.removeprefix('sqlite:///'))}"
        return value

    def _migration_database_url(self, database_url: str) -> str:
        value = self._database_url("MIGRATION_DATABASE_URL", database_url)
        # Behind a pooler the owner's address may differ in all but its kind; a file is the same or another.
        if _is_sqlite(value) != _is_sqlite(database_url) or (_is_sqlite(value) and value != database_url):
            self.problems.append("MIGRATION_DATABASE_URL names another database than DATABASE_URL: set both to one.")
        return value

    def _redis_url(self, data_dir: Path) -> str:
        default = f"unix://{broker_socket_path(data_dir)}"
        return self.url("REDIS_URL", default, ("redis", "rediss", "unix")) or default

    def _base_url(self, host: str, port: int) -> str:
        shown = "localhost" if host in (*EVERY_ADDRESS, *LOOPBACK) else f"[{host}]" if ":" in host else host
        return (self.url("BASE_URL", f"http://{shown}:{port}", ("http", "https")) or "").rstrip("/")

    def _key_rings(self, data_dir: Path) -> dict[str, KeyRing]:
        missing = {name for name in keys.NOT_USED_YET if self.production and not self._is_set(name)}
        return {name: self._key_ring(name, data_dir / "keys") for name in keys.NAMES if name not in missing}

    def _is_set(self, name: str) -> bool:
        """Whether a key is named in one way or the other; what stands there is judged later."""
        variable = f"{name.upper()}_KEY"
        return bool(self.environ.get(variable) or self.text(f"{variable}_FILE", ""))

    def _key_ring(self, name: str, folder: Path) -> KeyRing:
        variable = f"{name.upper()}_KEY"
        try:
            return KeyRing.parse(self._key_text(name, variable, folder))
        except BadKey as problem:
            self.problems.append(f"{variable} {problem}.")
        except UnicodeDecodeError:
            self.problems.append(f"{variable}_FILE names a file that holds no text: name the file with the key.")
        except OSError as problem:
            said = f"{variable}_FILE cannot be read ({problem.strerror}): name a readable file."
            if not self.text(f"{variable}_FILE", ""):
                said = f"The keys in {folder} cannot be used ({problem.strerror}): give the folder to this account."
            if said not in self.problems and not any(told.startswith("DATA_DIR ") for told in self.problems):
                self.problems.append(said)
        return KeyRing((("0", ""),))

    def _key_text(self, name: str, variable: str, folder: Path) -> str:
        if self.environ.get(variable):
            return self.environ[variable]
        if self.text(f"{variable}_FILE", ""):
            return Path(self.environ[f"{variable}_FILE"]).read_text()
        if self.production:
            raise BadKey("is missing: set it, or name a file that holds it in " + variable + "_FILE")
        keys.ensure(folder)
        return keys.key_file(folder, name).read_text()

    def _refuse_what_only_suits_a_demonstration(self, settings: Settings) -> None:
        for name in ("DATABASE_URL", "REDIS_URL", "SMTP_URL", "MAIL_FROM", "BASE_URL", "OPERATED_BY"):
            if not self.environ.get(name):
                self.problems.append(f"{name} is missing: production needs it set.")
        if settings.clock_file:
            self.problems.append("CLOCK_FILE shifts the clock, which only a drill may do: remove it.")
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
