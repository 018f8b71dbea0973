"""What the operator decides is read, checked and refused all at once."""

import pytest
from flask import Flask

from tracker.settings import keys
from tracker.settings.configuration import ConfigurationError, Settings, broker_socket_path
from tracker.settings.keys import BadKey, KeyRing


def strong(letter: str) -> str:
    return f"{letter}-0123456789-abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def production(tmp_path) -> dict[str, str]:
    """An environment that production accepts."""
    return {
        "TRACKER_ENV": "production",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://app:secret@db/tracker",
        "REDIS_URL": "redis://broker:6379/0",
        "SMTP_URL": "smtp://mail:25",
        "MAIL_FROM": "tracker@example.org",
        "BASE_URL": "https://tracker.example.org",
        "OPERATED_BY": "An office",
        **{f"{name.upper()}_KEY": strong(name) for name in keys.NAMES},
    }


def problems(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigurationError) as raised:
        Settings.from_env(environ)
    return "\n".join(raised.value.problems)


class TestADemonstration:
    def test_needs_no_setting_at_all(self, tmp_path):
        settings = Settings.from_env({"DATA_DIR": str(tmp_path)})
        assert settings.is_demo
        assert settings.host == "127.0.0.1"
        assert settings.embedded_broker
        assert settings.rate_limits
        assert settings.sqlite_path == tmp_path / "tracker.sqlite3"

    def test_makes_its_keys_once_for_itself_alone(self, tmp_path):
        first = Settings.from_env({"DATA_DIR": str(tmp_path)})
        second = Settings.from_env({"DATA_DIR": str(tmp_path)})
        assert first.secret_key == second.secret_key
        assert len({ring.current for ring in first.key_rings.values()}) == len(keys.NAMES)
        assert {path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()} == {0o600}

    def test_does_not_show_its_secrets(self, tmp_path):
        settings = Settings.from_env({"DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://a:hush@db/t"})
        assert "hush" not in repr(settings)
        assert settings.secret_key not in repr(settings)


class TestProblems:
    def test_are_told_all_at_once(self, tmp_path):
        told = problems(
            {
                "DATA_DIR": str(tmp_path),
                "TRACKER_ENV": "staging",
                "PORT": "eighty",
                "TRUSTED_PROXIES": "-1",
                "DATABASE_URL": "mysql://db/tracker",
                "MAIL_FROM": "nobody",
                "SECRET_KEY": "changeme",
                "RATE_LIMITS": "maybe",
            }
        )
        for name in (
            "RATE_LIMITS",
            "TRACKER_ENV",
            "PORT",
            "TRUSTED_PROXIES",
            "DATABASE_URL",
            "MAIL_FROM",
            "SECRET_KEY",
        ):
            assert name in told

    @pytest.mark.parametrize("port", ["0", "65536", "8000.5", "٨٠٠٠", "1e3"])
    def test_name_a_port_that_cannot_be(self, tmp_path, port):
        assert "PORT" in problems({"DATA_DIR": str(tmp_path), "PORT": port})

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("HOST", "not a host"),
            ("HOST", "::g"),
            ("DATABASE_URL", "sqlite://"),
            ("DATABASE_URL", "sqlite:///"),
            ("DATABASE_URL", "sqlite:////folder/file.sqlite3?mode=ro"),
            ("DATABASE_URL", "postgresql://host"),
            ("DATABASE_URL", "postgresql://me:not@escaped@host/tracker"),
            ("MIGRATION_DATABASE_URL", "postgresql://owner@host/tracker"),
            ("MIGRATION_DATABASE_URL", "sqlite:////elsewhere.sqlite3"),
            ("REDIS_URL", "redis://"),
            ("REDIS_URL", "redis://host/tracker"),
            ("REDIS_URL", "unix://run/redis.sock"),
            ("SMTP_URL", "smtp://host:99999"),
            ("SMTP_URL", "smtp://host?starttls=true"),
            ("SMTP_URL", "smtp://host?startls=1"),
            ("SMTP_URL", "smtp://host?starttls="),
            ("SMTP_URL", "smtp://host?timeout=soon"),
            ("SMTP_URL", "smtp://host?timeout=0"),
            ("MAIL_FROM", "@"),
            ("MAIL_FROM", "büro@example.org"),
            ("MAIL_FROM", "An Office <office@example.org>"),
            ("BASE_URL", "https://example.org/below"),
            ("BASE_URL", "https://me:secret@example.org"),
            ("BASE_URL", "https://exa mple.org"),
            ("WEB_CONCURRENCY", "0"),
            ("WEB_THREADS", "many"),
            ("ACCOUNT_REQUEST_DAYS", "29"),
            ("WORKER_CONCURRENCY", "0"),
            ("FILES_DIR", "/dev/null"),
        ],
    )
    def test_name_the_variable_that_cannot_be_and_only_it(self, tmp_path, name, value):
        told = problems({"DATA_DIR": str(tmp_path), name: value})
        assert told.startswith(f"{name} ")
        assert len(told.splitlines()) == 1

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("HOST", "::1"),
            ("DATABASE_URL", "postgresql:///tracker?host=/run/postgresql"),
            ("DATABASE_URL", "sqlite:////folder with space/file.sqlite3"),
            ("SMTP_URL", "smtp://me:secret@host:587?starttls=1&timeout=2.5"),
            ("SMTP_URL", "smtps://host?timeout=20"),
            ("BASE_URL", "http://[2001:db8::1]:8000/"),
            ("REDIS_URL", ""),
        ],
    )
    def test_are_not_seen_where_there_are_none(self, tmp_path, name, value):
        assert Settings.from_env({"DATA_DIR": str(tmp_path), name: value}).embedded_broker

    @pytest.mark.parametrize("url", ["rediss://me:secret@host:6380/1", "redis://host", "unix:///run/redis.sock?db=1"])
    def test_are_not_seen_in_a_brokers_address(self, tmp_path, url):
        assert Settings.from_env({"DATA_DIR": str(tmp_path), "REDIS_URL": url}).redis_url == url

    @pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "SMTP_URL"])
    def test_say_how_a_password_is_written_in_an_address(self, tmp_path, name):
        scheme = {"DATABASE_URL": "postgresql", "REDIS_URL": "redis", "SMTP_URL": "smtp"}[name]
        assert "%2F" in problems({"DATA_DIR": str(tmp_path), name: f"{scheme}://me:of/openssl+@host/tracker"})

    def test_tell_once_that_the_data_cannot_be_written(self, tmp_path):
        (tmp_path / "file").touch()
        assert problems({"DATA_DIR": str(tmp_path / "file")}).count("\n") == 0
        (tmp_path / "keys").touch()
        assert problems({"DATA_DIR": str(tmp_path)}).startswith("The keys in ")

    def test_never_repeat_a_password(self, tmp_path):
        assert "hush" not in problems({"DATA_DIR": str(tmp_path), "DATABASE_URL": "mysql://me:hush@db/t"})


class TestProduction:
    def test_accepts_a_complete_set(self, production):
        settings = Settings.from_env(production)
        assert settings.is_production
        assert settings.is_https
        assert settings.trusted_hosts == ["tracker.example.org"]
        assert settings.database_url == "postgresql+psycopg://app:secret@db/tracker"

    @pytest.mark.parametrize(
        "name",
        ["DATABASE_URL", "REDIS_URL", "SMTP_URL", "MAIL_FROM", "BASE_URL", "OPERATED_BY", "LINK_KEY", "SEALING_KEY"],
    )
    def test_names_what_is_missing(self, production, name):
        del production[name]
        assert f"{name} is missing" in problems(production)

    @pytest.mark.parametrize("name", ["RECORD_KEY"])
    def test_needs_no_key_for_what_is_not_done_yet(self, production, name):
        production.pop(name, None)
        assert name.partition("_")[0].lower() not in Settings.from_env(production).key_rings
        for wrong, sentence in (("changeme", "too weak"), (production["LINK_KEY"], "equal")):
            assert sentence in problems(production | {name: wrong})
        assert f"{name}_FILE cannot be read" in problems(production | {f"{name}_FILE": "/nowhere/at/all"})

    def test_refuses_keys_that_a_demonstration_made(self, production, tmp_path):
        keys.ensure(tmp_path / "elsewhere")
        production["SEALING_KEY"] = keys.key_file(tmp_path / "elsewhere", "sealing").read_text()
        assert "SEALING_KEY was generated" in problems(production)

    @pytest.mark.parametrize("key", ["changeme", "a" * 64, "secret" * 8])
    def test_refuses_a_weak_key(self, production, key):
        production["RECORD_KEY"] = key
        assert "RECORD_KEY is too weak" in problems(production)

    def test_refuses_a_clock_that_is_shifted(self, production):
        assert "CLOCK_FILE" in problems(production | {"CLOCK_FILE": "/somewhere/ahead"})

    def test_refuses_one_key_for_two_purposes(self, production):
        production["LINK_KEY"] = production["SECRET_KEY"]
        assert "equal" in problems(production)

    def test_refuses_sqlite_unless_it_is_meant(self, production, tmp_path):
        production["DATABASE_URL"] = f"sqlite:///{tmp_path}/tracker.sqlite3"
        assert "SQLite" in problems(production)
        assert Settings.from_env({**production, "ALLOW_SQLITE": "1"}).is_sqlite

    def test_refuses_plain_http_except_on_this_machine(self, production):
        assert "https" in problems({**production, "BASE_URL": "http://tracker.example.org"})
        assert not Settings.from_env({**production, "BASE_URL": "http://127.0.0.1:8000"}).is_https

    def test_reads_a_key_from_a_file(self, production, tmp_path):
        (tmp_path / "link").write_text(strong("file") + "\n")
        del production["LINK_KEY"]
        settings = Settings.from_env({**production, "LINK_KEY_FILE": str(tmp_path / "link")})
        assert settings.link_key.current == strong("file").encode()

    def test_says_that_a_key_file_cannot_be_read(self, production, tmp_path):
        del production["LINK_KEY"]
        assert "LINK_KEY_FILE cannot be read" in problems({**production, "LINK_KEY_FILE": str(tmp_path / "none")})

    def test_says_that_a_key_file_holds_no_text(self, production, tmp_path):
        (tmp_path / "program").write_bytes(b"\x7fELF\xff\xfe")
        del production["LINK_KEY"]
        told = problems({**production, "LINK_KEY_FILE": str(tmp_path / "program")})
        assert told.startswith("LINK_KEY_FILE names a file that holds no text")


class TestKeyRing:
    def test_signs_with_the_first_and_knows_the_older(self):
        ring = KeyRing.parse(f"2:{strong('new')},1:{strong('old')}")
        assert ring.current_id == "2"
        assert ring.get("1") == strong("old").encode()

    def test_refuses_two_keys_of_one_id(self):
        with pytest.raises(BadKey):
            KeyRing.parse(f"1:{strong('a')},1:{strong('b')}")


def test_an_address_of_ipv6_is_bracketed_in_links(tmp_path):
    assert Settings.from_env({"DATA_DIR": str(tmp_path), "HOST": "2001:db8::1"}).base_url == "http://[2001:db8::1]:8000"


@pytest.mark.parametrize(("host", "status"), [("[2001:db8::1]:8000", 204), ("[::1]", 204), ("[2001:db8::2]", 400)])
def test_an_address_of_ipv6_is_a_name_that_the_site_answers_to(tmp_path, host, status):
    settings = Settings.from_env({"DATA_DIR": str(tmp_path), "HOST": "2001:db8::1"})
    site = Flask(__name__)
    site.config["TRUSTED_HOSTS"] = settings.trusted_hosts
    site.add_url_rule("/", view_func=lambda: ("", 204))
    assert site.test_client().get("/", headers={"Host": host}).status_code == status


def test_a_full_disk_leaves_no_empty_key(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys.secrets, "token_urlsafe", full)
    with pytest.raises(OSError, match="No space"):
        keys.ensure(tmp_path / "keys")
    assert list((tmp_path / "keys").iterdir()) == []


def test_the_brokers_socket_fits_however_deep_the_data_lies(tmp_path):
    assert broker_socket_path(tmp_path / "near").parent.parent == tmp_path / "near"
    assert len(str(broker_socket_path(tmp_path / ("deep" * 40)))) < 100
