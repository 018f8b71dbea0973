"""`flask setup check`: each check tries one part of the installation and says what to do when it fails."""

import os
import re
import shutil
import subprocess
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import make_msgid
from html import escape
from urllib.parse import urlsplit

import redis
import sqlalchemy as sa
from kombu.exceptions import OperationalError as BrokerError
from sqlalchemy.exc import DBAPIError

from tracker.accounts.queries import addresses_in_another_form, demonstration_accounts_exist, number_of_administrators
from tracker.accounts.roles import NEEDED_ADMINISTRATORS
from tracker.extensions import celery, db
from tracker.notifications import mailer, messages, mime
from tracker.notifications.lifecycle import Kind
from tracker.sealing import rotating
from tracker.settings.configuration import LOOPBACK, ROOT, Settings
from tracker.setup import clocks, differences, queries, revision, writing
from tracker.setup.broker import ask_broker

SIGN_OF_LIFE_WITHIN = 120
ROOM_NEEDED = 512 * 1024 * 1024


class Failed(Exception):
    """A check failed; the message says what to do."""


@dataclass(frozen=True)
class Result:
    """One line of the report."""

    name: str
    well: bool
    sentence: str


def run(settings: Settings, *, mail_to: str | None) -> list[Result]:
    """Try every part, whatever became of the others."""
    checks: dict[str, Callable[[], str]] = {
        "configuration": lambda: configuration(settings),
        "database": database,
        "clocks": lambda: clocks_agree(settings),
        "schema": lambda: schema(settings),
        "sealed data": sealed_data,
        "accounts": lambda: accounts(settings),
        "administrators": administrators,
        "broker": lambda: broker(settings),
        "worker": worker,
        "beat": beat,
        "mail": lambda: mail(settings, mail_to),
        "BASE_URL": lambda: base_url(settings),
        "files folder": lambda: files_folder(settings),
        "backup target": lambda: backup_target(settings),
    }
    return [_try(name, check) for name, check in checks.items()]


def _try(name: str, check: Callable[[], str]) -> Result:
    try:
        return Result(name, True, check())
    except Failed as problem:
        return Result(name, False, str(problem))
    except DBAPIError as problem:
        db.session.rollback()
        if name != "database":
            return Result(name, False, "Cannot be asked while the database or its schema is missing: see above.")
        return Result(name, False, f"It does not answer ({_first_line(problem.orig)}): start it or see DATABASE_URL.")
    except Exception as problem:
        db.session.rollback()
        return Result(name, False, f"{_first_line(problem).rstrip('.')}.")


def _first_line(problem: BaseException | None) -> str:
    return (str(problem).strip() or type(problem).__name__).splitlines()[0]


def configuration(settings: Settings) -> str:
    """The settings were read, or no command would run; tell what they mean."""
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    by = settings.operated_by or "nobody named (OPERATED_BY)"
    return f"version {version()}, {settings.environment} on {kind}, operated by {by}"


def version() -> str:
    """The version of this program, as pyproject.toml beside it says."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"])


def database() -> str:
    """It answers and takes changes, and the application's role is neither owner nor superuser."""
    if reason := writing.why_not():
        raise Failed(f"It takes no changes ({reason}): see its disk, its rights, and whether it is a standby.")
    if db.engine.dialect.name == "sqlite":
        return f"SQLite {db.session.scalar(sa.text('SELECT sqlite_version()'))}"
    powerful = db.session.scalar(
        sa.text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ) or db.session.scalar(sa.text("SELECT count(*) > 0 FROM pg_tables WHERE pg_has_role(tableowner, 'MEMBER')"))
    if powerful:
        raise Failed("DATABASE_URL names the owner or a superuser: use a second role (docs/operating.md).")
    return f"PostgreSQL {db.session.scalar(sa.text('SHOW server_version'))}"


def clocks_agree(settings: Settings) -> str:
    """Database, broker and worker tell the time of this machine."""
    found = clocks.differences(settings)
    if apart := clocks.in_words(found):
        raise Failed(" ".join([*apart, "Let each machine follow a time server."]))
    return f"compared with {', '.join(found)}" if found else "nothing else to compare with"


def schema(settings: Settings) -> str:
    """The newest migration was run, and the tables, guards and grants are those of this program."""
    present = revision.of(db.session.connection())
    if sentence := revision.not_served(present, settings):
        raise Failed(sentence)
    if found := differences.between(db.session.connection()):
        raise Failed(
            f"It is not what this program made ({'; '.join(found)}): put back what is missing with `flask db upgrade`, "
            "take out by hand what is too much, or restore a backup."
        )
    return f"at {present}"


def sealed_data() -> str:
    """The sealing keys are those that wrapped the keys of people."""
    if wrong := rotating.wrong_keys():
        raise Failed(
            f"SEALING_KEY lacks key {', '.join(wrong)}, or has another text for it: put back the one with which this "
            "database was kept (`flask sealing status`), or what delegates handed in cannot be opened."
        )
    return "what is sealed opens"


def accounts(settings: Settings) -> str:
    """No account that anybody may use is in a production database, and each has an address of its own."""
    there = demonstration_accounts_exist()
    if there and settings.is_production:
        raise Failed("Demonstration accounts are in this database: production needs a database of its own.")
    if twice := addresses_in_another_form():
        raise Failed(f"Others have {', '.join(twice)} in another form: invite these people under other addresses.")
    return "demonstration accounts" if there else "none of a demonstration"


def administrators() -> str:
    """Two people of the office at least can give roles: what one asks, another confirms."""
    number = number_of_administrators()
    if number < NEEDED_ADMINISTRATORS:
        raise Failed(f"Only {number} can act, so nobody can give a role in the office: `flask accounts create`.")
    return f"{number} can act"


def broker(settings: Settings) -> str:
    """Redis or Valkey answers."""
    try:
        ask_broker(settings.redis_url)
    except (redis.AuthenticationError, redis.ResponseError) as problem:
        raise Failed(f"It refuses us ({_first_line(problem)}): see REDIS_URL and the broker's users.") from None
    except (redis.RedisError, OSError):
        raise Failed("Nothing answers at REDIS_URL: start Redis or Valkey, or correct the address.") from None
    return "answers"


def worker() -> str:
    """At least one Celery worker answers a ping."""
    try:
        with celery.connection_for_write() as connection:  # its own: one of the pool may be to another broker
            answers = celery.control.ping(timeout=2.0, connection=connection)
    except BrokerError:
        raise Failed("No worker can be asked without the broker: see above.") from None
    if not answers:
        raise Failed("No worker answers: start `celery -A workers.celery_app worker`.")
    return f"{len(answers)} running"


def beat() -> str:
    """Beat woke a worker lately."""
    age = queries.seconds_since_sign_of_life()
    if age is None or age > SIGN_OF_LIFE_WITHIN:
        raise Failed(
            "Beat gave no sign of life for two minutes: start exactly one `celery -A workers.celery_app beat`."
        )
    return f"gave a sign of life {age:.0f} s ago"


def mail(settings: Settings, to: str | None) -> str:
    """The mail server takes us; with an address, a test mail is handed over."""
    if not settings.smtp_url:
        return "no SMTP_URL: mail goes into the mailbox of the demonstration"
    server = mailer.Smtp(settings.smtp_url, settings.mail_from)
    try:
        server.ready()
        if to is None:
            answers = messages.where_answers_go()
            return f"the mail server answers, answers to mail go to {answers} (send a mail with --mail-to ADDRESS)"
        result = server.send(_test_mail(settings, to))
    except mailer.Unreachable as problem:
        raise Failed(f"The mail server cannot be used ({problem}): see SMTP_URL.") from None
    finally:
        server.close()
    if result.kind is not Kind.SENT:
        raise Failed(f"The mail server refused a mail to {to} ({result.reason}): see MAIL_FROM and the server's rules.")
    return f"a test mail to {to} was handed over"


def _test_mail(settings: Settings, to: str) -> mime.Mail:
    sentence = f"This installation can send mail. It is at {settings.base_url}"
    return mime.build(
        sender=settings.mail_from,
        reply_to=messages.where_answers_go(),
        to=to,
        message_id=make_msgid(domain=urlsplit(settings.base_url).hostname),
        language="en",
        subject="Assistance Tracker: test mail",
        text=f"{sentence}\n",
        html=f"<p>{escape(sentence)}</p>",
    )


def base_url(settings: Settings) -> str:
    """The site answers where the links in mail lead."""
    try:
        with urllib.request.urlopen(f"{settings.base_url}/healthz", timeout=5) as answer:  # noqa: S310 - http(s) only
            if b'"database"' not in answer.read(4096):
                raise Failed(f"Something else answers at {settings.base_url}: correct BASE_URL or the proxy.")
    except urllib.error.HTTPError as problem:
        raise Failed(
            f"{settings.base_url}/healthz answers {problem.code}: see BASE_URL, the proxy, the site."
        ) from None
    except OSError as problem:
        # urllib wraps the reason; of a system's error only the sentence helps.
        reason = getattr(problem, "reason", problem)
        why = getattr(reason, "strerror", None) or reason
        raise Failed(
            f"{settings.base_url} cannot be reached from here ({why}): see the site, the proxy, its certificate, "
            "the name in BASE_URL."
        ) from None
    if settings.is_https and urlsplit(settings.base_url).hostname not in LOOPBACK and not settings.trusted_proxies:
        raise Failed("BASE_URL is https but TRUSTED_PROXIES is 0: set it to the number of proxies in front.")
    return f"{settings.base_url} answers"


def files_folder(settings: Settings) -> str:
    """Files can be written and there is room."""
    probe = settings.files_dir / f".check-{os.getpid()}"
    try:
        settings.files_dir.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"check")
        probe.unlink()
    except OSError as problem:
        raise Failed(f"{settings.files_dir} cannot be written ({problem.strerror}): give it to this account.") from None
    free = shutil.disk_usage(settings.files_dir).free
    if free < ROOM_NEEDED:
        raise Failed(f"{settings.files_dir} has only {free // 2**20} MB left: make room.")
    return f"{settings.files_dir}, {free // 2**30} GB free"


def backup_target(settings: Settings) -> str:
    """A copy of the database can be made here."""
    folder = settings.data_dir / "backups"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / ".check").touch()
        (folder / ".check").unlink()
    except OSError as problem:
        raise Failed(f"{folder} cannot be written ({problem.strerror}): give it to this account.") from None
    if not settings.is_sqlite:
        refuse_an_older_pg_dump(int(db.session.scalar(sa.text("SHOW server_version_num")) or 0) // 10_000)
    return str(folder)


def refuse_an_older_pg_dump(server: int) -> None:
    """Raise Failed when no pg_dump is here that can copy a PostgreSQL of this major version."""
    program = shutil.which("pg_dump")
    if not program:
        raise Failed("pg_dump is not in the path: install PostgreSQL's client programs for backups.")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    if (number := re.search(r"(\d+)[.\d]*", said)) and int(number[1]) < server:
        raise Failed(
            f"pg_dump is of version {number[0]}, which cannot copy PostgreSQL {server}: install version {server}."
        )
