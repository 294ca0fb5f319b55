"""Cases with files, and the way in which the desk hands a file out."""

from typing import Any

from grievance import lifecycle
from grievance.files import uploads
from grievance.models import Attachment, Case
from tests.desk import Desk
from tests.makers import RECEIVED_AT, an_account


def a_case_with(*files: uploads.Upload) -> Case:
    """A case that was just raised, with these files."""
    made = lifecycle.submit(an_account(), at=RECEIVED_AT, files=files)
    case: Case = Case.objects.get(pk=made.case_id)
    return case


def hand_out(desk: Desk, file: Attachment, button: str, *, case_id: int | None = None) -> Any:
    """Press a button of a file on the case page; `case_id` names another case in the address."""
    desk.open(file.case_id)
    token = desk.page.root.one("input", name="csrfmiddlewaretoken").attrs["value"]
    return desk.client.post(
        f"/desk/case/{case_id or file.case_id}/file/{file.pk}/",
        {"csrfmiddlewaretoken": token, "reason": "to_screen", button: "1"},
    )
