"""Answers that hand a file out: always as a download, with a name that tells nothing.

Nothing in a file may run, load or talk to anybody, should a browser show it after all.
"""

from django.http import HttpResponse

from grievance.evidence import OpenedFile

_POLICY = "sandbox; default-src 'none'"


def as_download(opened: OpenedFile) -> HttpResponse:
    """Return the answer that carries this opened file."""
    response = HttpResponse(opened.content, content_type=opened.media_type.value)
    response["Content-Disposition"] = f'attachment; filename="{opened.neutral_name}"'
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
