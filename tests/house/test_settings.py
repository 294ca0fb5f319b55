"""Settings: read with types, hardened in production, and no session outside the desk."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from config import env


@pytest.fixture(autouse=True)
def _nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("THING", "THING_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("word", "meaning"), [("yes", True), ("True", True), ("0", False), ("False", False)]
)
def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, word: str, meaning: bool) -> None:
    monkeypatch.setenv("THING", word)
    assert env.flag("THING", default=not meaning) is meaning


@pytest.mark.parametrize(
    ("word", "meaning"), [("20-8", (20, 8)), ("22-6", (22, 6)), ("none", None)]
)
def test_quiet_hours_lie_over_midnight(
    monkeypatch: pytest.MonkeyPatch, word: str, meaning: tuple[int, int] | None
) -> None:
    monkeypatch.setenv("THING", word)
    assert env.hours("THING", "20-8") == meaning


@pytest.mark.parametrize("word", ["8-20", "20", "24-8", "20-20", "at night", "-1-3"])
def test_other_hours_are_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("THING", word)
    with pytest.raises(ImproperlyConfigured, match="THING must be two hours"):
        env.hours("THING", "20-8")


def test_where_the_portal_is_has_no_path_and_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.origin("THING", "") == ""
    monkeypatch.setenv("THING", "https://speak.example.org/")
    assert env.origin("THING", "") == "https://speak.example.org"
    for word in (
        "speak.example.org",
        "https://a.example/case",
        "https://me:it@a.example",
        "ftp://a",
    ):
        monkeypatch.setenv("THING", word)
        with pytest.raises(ImproperlyConfigured, match="THING must be like"):
            env.origin("THING", "")


def test_a_flag_that_is_neither_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="THING must be yes or no"):
        env.flag("THING", default=False)


def test_a_secret_comes_from_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "thing").write_text("from the file\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "thing"))
    assert env.secret("THING") == "from the file"

    monkeypatch.setenv("THING", "from the environment")
    with pytest.raises(ImproperlyConfigured, match="not both"):
        env.secret("THING")


def test_a_missing_secret_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="THING is not set"):
        env.secret("THING")
    monkeypatch.setenv("THING_FILE", "/nowhere/at/all")
    with pytest.raises(ImproperlyConfigured, match="THING_FILE can't be read"):
        env.secret("THING")


def test_a_key_ring_keeps_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", f"7:{'ab' * 32},3:{'AQ' * 21}A=")
    assert list(env.key_ring("THING")) == [7, 3]
    assert env.key_ring("THING")[7] == bytes.fromhex("ab" * 32)


@pytest.mark.parametrize("ring", ["", "ab", "1:short", f"1:{'ab' * 32},1:{'cd' * 32}", "x:y"])
def test_a_bad_key_ring_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, ring: str
) -> None:
    monkeypatch.setenv("THING", ring)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.key_ring("THING")
    assert "THING" in str(refused.value)
    assert "cdcd" not in str(refused.value)


def test_only_postgresql_will_do() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be a postgresql"):
        env.database("sqlite:///db.sqlite3", variable="DATABASE_URL")
    read = env.database("postgresql://me:p%40ss@host:5433/name?sslmode=require", variable="X")
    assert (read["USER"], read["PASSWORD"], read["PORT"]) == ("me", "p@ss", "5433")
    assert read["OPTIONS"] == {"sslmode": "require"}


def test_nobody_can_press_revert() -> None:
    assert settings.SIMPLE_HISTORY_REVERT_DISABLED
    assert settings.SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS


def test_no_foreign_code_on_any_page() -> None:
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert allowed["default-src"] == ["'none'"]
    assert {source for sources in allowed.values() for source in sources} == {"'none'", "'self'"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/en/", "/fr/raise/", "/ar/case/"])
def test_public_pages_know_no_session(client: Client, path: str) -> None:
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    assert not hasattr(answer.wsgi_request, "session")
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_front_door_speaks_the_visitors_language(client: Client) -> None:
    answer = client.get("/", headers={"accept-language": "ar,en;q=0.5"})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/")
    assert client.get("/", headers={"accept-language": "xx"})["Location"] == "/en/"


def test_the_session_of_the_desk_stays_at_the_desk() -> None:
    assert settings.SESSION_COOKIE_PATH == "/desk/"
    assert reverse("admin:index").startswith("/desk/")
    assert reverse("account_login").startswith("/desk/")
    assert reverse("mfa_index").startswith("/desk/")


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    answer = client.post(
        reverse("account_signup"),
        {
            "username": "eve",
            "password1": "a very long sentence 9",
            "password2": "a very long sentence 9",
        },
    )
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    from stakeholders.models import User

    assert not User.objects.filter(username="eve").exists()


@pytest.mark.django_db
def test_the_process_answers_that_it_lives_and_that_it_can_work(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ok\n"
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_without_redis_the_portal_is_not_ready_but_lives(client: Client) -> None:
    from django.test import override_settings

    nowhere = {
        alias: {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
        for alias in ("default", "counters")
    }
    with override_settings(CACHES=nowhere):
        answer = client.get("/readyz")
        assert (answer.status_code, answer.content) == (503, b"not ready: redis\n")
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_password_alone_opens_nothing_in_production(client: Client) -> None:
    from django.test import override_settings

    from tests import people

    client.force_login(people.the(people.BRAM))
    with override_settings(REDRESS_MODE="production"):
        answer = client.get(reverse("admin:queue"))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("mfa_index")
    assert client.get(reverse("admin:queue")).status_code == 200
