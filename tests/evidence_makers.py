"""Evidence bundles as the desk and the person make them, and as a stranger checks them."""

import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from grievance import bundling, lifecycle
from grievance.files import uploads
from grievance.models import Attachment, BundleConsent, ConsentState, Message
from stakeholders.models import Mechanism
from stakeholders.vocabulary import CaseStatus
from tests import makers, people
from tests.amina import Amina
from tests.desk import Desk
from tests.specimen_files import paper, photo

DAY = timedelta(days=1)
ADDRESS = "canary-amina@example.net"
FILE_NAME = "canary-name-of-the-photo.jpg"
TOLD = "They told me on Tuesday that I am dismissed."


def a_case_with_documents() -> makers.Made:
    """A case with an address, a message, a photo and a paper."""
    people.everyone()
    made = makers.a_case(in_status=CaseStatus.ASSESSMENT, email=ADDRESS)
    files = [uploads.judge(FILE_NAME, photo()), uploads.judge("paper.pdf", paper())]
    lifecycle.write_back(made.id, at=made.at, body=TOLD, files=files)
    return made


def body() -> Mechanism:
    return makers.a_mechanism()


def asked(made: makers.Made) -> BundleConsent:
    desk = Desk(people.CHIDI)
    desk.open(made.id)
    desk.follow(next(link for link in desk.page.links() if link.endswith("/bundles/")))
    values = {
        **documents(made),
        "mechanism": str(body().pk),
        "purpose": "answer",
        "body": "The court asks for it.",
    }
    desk.post(f"case/{made.id}/bundles/ask_bundle/", values)
    assert desk.page.status == 200, desk.refusals
    found: BundleConsent = BundleConsent.objects.get(case=made.id, state=ConsentState.ASKED)
    return found


def agreed(made: makers.Made, *, as_received: bool = True) -> BundleConsent:
    """What the page shows is sent as it stands, every document ticked."""
    consent = asked(made)
    amina = at_others(made)
    more = {"as_received": "1"} if as_received and consent.asked_files else {}
    amina.send(f"/documents/{consent.pk}/answer/", {"answer": "yes"}, knows_risk="1", **more)
    consent.refresh_from_db()
    return consent


def said_yes(made: makers.Made, consent: BundleConsent, **left_in: str | list[str]) -> Amina:
    """Send an answer that leaves in what is named, and nothing else."""
    amina = at_others(made)
    token = amina.page.root.all("input", name="csrfmiddlewaretoken")[0].attrs["value"]
    amina.post(
        f"/en/case/others/documents/{consent.pk}/answer/",
        {"csrfmiddlewaretoken": token, "answer": "yes", "knows_risk": "1", **left_in},
    )
    consent.refresh_from_db()
    return amina


def at_others(made: makers.Made) -> Amina:
    amina = Amina()
    amina.come_back(made.key)
    amina.go("case/others/")
    return amina


def files_of(made: makers.Made) -> list[Attachment]:
    return list(Attachment.objects.filter(case=made.id).order_by("pk"))


def documents(made: makers.Made) -> dict[str, str | list[str]]:
    """The account, what the person said, and both files."""
    said = Message.objects.filter(case=made.id, author_kind="complainant").order_by("pk")
    return {
        "account": "on",
        "messages": [str(one.pk) for one in said],
        "documents": [str(one.pk) for one in files_of(made)],
    }


def everything(made: makers.Made, consent: BundleConsent) -> dict[str, str | list[str]]:
    """What a form sends in which everything is ticked."""
    return {"consent": str(consent.pk), "language": "en", **documents(made)}


def press(made: makers.Made, values: dict[str, str | list[str]]) -> Desk:
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/bundles/")
    desk.post(f"case/{made.id}/bundles/export_bundle/", values)
    return desk


def downloaded(made: makers.Made, values: dict[str, str | list[str]]):
    desk = Desk(people.CHIDI)
    desk.go(f"case/{made.id}/bundles/")
    token = desk.page.root.all("input", name="csrfmiddlewaretoken")[0].attrs["value"]
    return desk.client.post(
        f"/desk/case/{made.id}/bundles/export_bundle/", {"csrfmiddlewaretoken": token, **values}
    )


def unpacked(content: bytes, to: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        archive.extractall(to)
    return to


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    command = shutil.which("sha256sum")
    assert command is not None
    return subprocess.run(  # noqa: S603
        [command, "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=False
    )


def export(
    made: makers.Made,
    consent: BundleConsent,
    *,
    post: people.Post = people.CHIDI,
    account: bool = False,
    files: list[int] | None = None,
) -> bundling.Bundle:
    return lifecycle.export_bundle(
        made.id,
        by=people.by(post),
        at=datetime.now(UTC),
        consent_id=consent.pk,
        chosen=lifecycle.Chosen(account=account, files=frozenset(files or ())),
    )
