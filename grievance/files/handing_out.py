"""Answers that hand a file out: always as a download, with a name that tells nothing.

Nothing in a file may run, load or talk to anybody, should a browser show it after all.
"""

from django.http import HttpResponse

from grievance.files.evidence import OpenedFile

_POLICY = "sandbox; default-src 'none'"


def as_download(opened: OpenedFile) -> HttpResponse:
    """Return the answer that carries this opened file."""
    return _download(opened.content, opened.media_type.value, opened.neutral_name)


def as_archive(content: bytes, name: str) -> HttpResponse:
    """Return the answer that carries a ZIP that we made, under this neutral name."""
    return _download(content, "application/zip", name)


def as_text(text: str, name: str) -> HttpResponse:
    """Return the answer that carries a plain text of ours, under this neutral name."""
    return _download(text.encode(), "text/plain; charset=utf-8", name)


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
