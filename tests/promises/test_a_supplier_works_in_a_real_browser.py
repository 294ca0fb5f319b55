"""A supplier's liaison in a real browser: no script, a small screen, and a real second factor.

Jona signs in as anybody would, with a password and then with the code that an authenticator shows;
does everything that can be done with a matter; and is told plainly when it is not theirs any more.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import override_settings
from django.utils import timezone

from grievance import lifecycle
from grievance.models import Attachment, Referral, ReferralEntry, ReferralState
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.browser import press
from tests.referral_makers import RENDITION, referred
from tests.signed_in import signed_in_page
from tests.specimen_files import photo

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]

HOME = "/desk/supplier/"
PERIOD = 30
"""Seconds for which an authenticator shows a code."""
WRONG_CODE = "12345"
"""One digit short, so that it is never right by chance."""


@pytest.fixture(autouse=True)
def house(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.REDRESS_MODE = "production"  # which lets nobody in by a password alone
    # A code may run out between the moment at which it is read and that at which it arrives.
    settings.MFA_TOTP_TOLERANCE = 1
    with override_settings(MEDIA_ROOT=str(tmp_path / "media")):
        yield


def a_matter(text: str = RENDITION, *, of: people.Post = people.JONA) -> Referral:
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, at=timezone.now())
    return referred(made, text, of=of)


def code_of(secret: str) -> str:
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD))


def sign_in(page: Page, site: str, post: people.Post) -> None:
    page.goto(f"{site}{HOME}")
    page.fill("#id_login", post.username)
    page.fill("#id_password", people.PASSWORD)
    press(page.locator("form[action*='login'] button[type=submit]"))


def set_up_a_second_factor(page: Page) -> str:
    """Switch an authenticator app on, from the page where the sign-in ended; its secret."""
    assert "Set up a second factor before you open the desk." in page.inner_text("body")
    press(page.locator("a[href*='totp/activate']").first)
    page.fill("#id_password", people.PASSWORD)  # Is it still you?
    press(page.locator("form[action*='reauthenticate'] button[type=submit]"))
    page.fill("#id_code", WRONG_CODE)
    press(page.locator("form[action*='totp/activate'] button[type=submit]"))
    assert not Authenticator.objects.exists(), "A wrong code switches nothing on."
    secret = page.input_value("#authenticator_secret")
    page.fill("#id_code", code_of(secret))
    press(page.locator("form[action*='totp/activate'] button[type=submit]"))
    assert Authenticator.objects.filter(type="totp").count() == 1
    return secret


def test_the_whole_way_with_a_real_second_factor(phone: Any, live_server: Any) -> None:
    people.everyone()
    people.the(people.JONA, password=people.PASSWORD)
    one = a_matter()
    site, page = live_server.url, phone.new_page()

    sign_in(page, site, people.JONA)
    secret = set_up_a_second_factor(page)
    page.goto(f"{site}/desk/accounts/logout/")
    press(page.locator("form[action*='logout'] button[type=submit]"))
    sign_in(page, site, people.JONA)
    page.goto(f"{site}{HOME}")
    assert one.reference not in page.content(), "The password alone opens nothing."
    page.fill("#id_code", WRONG_CODE)
    press(page.locator("form[action*='2fa/authenticate'] button[type=submit]").first)
    assert one.reference not in page.content()
    page.fill("#id_code", code_of(secret))
    press(page.locator("form[action*='2fa/authenticate'] button[type=submit]").first)

    page.goto(f"{site}{HOME}")
    press(page.get_by_role("link", name=one.reference))
    assert RENDITION in page.inner_text("main")

    def say(kind: str, done: str, words: str, **chosen: str) -> None:
        page.locator("details", has=page.locator(f"form[action$='/say/{kind}/']")).locator(
            "summary"
        ).click()
        form = page.locator(f"form[action$='/say/{kind}/']")
        form.locator("textarea").fill(words)
        for name, value in chosen.items():
            form.locator(f"select[name={name}]").select_option(value)
        if kind == "step":
            form.locator("input[type=file]").set_input_files(
                {"name": "proof.jpg", "mimeType": "image/jpeg", "buffer": photo()}
            )
        press(form.locator("button[type=submit]"))
        assert done in page.inner_text("[role=status]")
        assert not words or words in page.inner_text("main")

    say("acknowledgement", "Noted: you have it.", "")
    say("step", "The step is added.", "The camera is off.")
    assert page.get_by_role("link", name="proof.jpg").count() == 1
    say("proposal", "Your proposal is sent.", "We pay the shifts.", detail="compensation")
    say("help", "Your request is sent.", "Who trains our leads?", detail="training")
    say("answer", "Your answer is sent.", "The cameras are off since Monday.")
    one.refresh_from_db()
    assert one.state == ReferralState.ANSWERED
    assert ReferralEntry.objects.count() == 5 and Attachment.objects.count() == 1


def test_what_is_not_theirs_any_more_says_so_and_is_like_what_never_was(
    phone: Any, live_server: Any, settings: Any
) -> None:
    settings.REDRESS_MODE = "test"  # the second factor has a test of its own
    people.everyone()
    foreign = a_matter("For Kemi alone.", of=people.KEMI)
    first, second = a_matter(), a_matter("And who reads the scores?")
    site = live_server.url
    page = signed_in_page(phone, site, people.JONA)

    page.goto(f"{site}{HOME}{first.reference}/")
    page.locator("summary", has_text="Hand it back").click()
    page.locator("form[action$='/say/hand_back/'] textarea").fill("It is not our site.")
    press(page.locator("form[action$='/say/hand_back/'] button[type=submit]"))
    assert page.url == f"{site}{HOME}" and first.reference not in page.inner_text("main")

    page.goto(f"{site}{HOME}{second.reference}/")
    lifecycle.revoke_consent(second.case_id, at=timezone.now(), consent_id=second.consent_id)
    page.locator("summary", has_text="Tell what you have done so far").click()
    page.locator("form[action$='/say/step/'] textarea").fill("We asked the shift lead.")
    press(page.locator("form[action$='/say/step/'] button[type=submit]"))
    told = page.inner_text("main")
    assert "There is nothing by this name with you." in told
    assert "We asked the shift lead." in told, "What was typed is not lost with the page."
    assert not ReferralEntry.objects.filter(referral=second).exists()

    answers = set()
    for reference in (foreign.reference, first.reference, second.reference, "S-00000-00000"):
        answer = page.goto(f"{site}{HOME}{reference}/")
        assert answer.status == 404
        answers.add(page.inner_html("main").replace(reference, "…"))
    assert len(answers) == 1 and "For Kemi alone." not in answers.pop()
