"""Where a request comes from, for counting tries only."""

from django.conf import settings
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The visitor's network address, for counting tries only. It is never stored or logged.

    Behind proxies the header's last entries are theirs and can be trusted; what a visitor writes
    into it stands further left.
    """
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if proxies:
        chain = [
            part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part
        ]
        if len(chain) >= proxies:
            return chain[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
