"""How gunicorn serves Redress: few processes, some threads, and no record of visitors.

Threads fit an application that waits for its database. There is no access log on purpose: it would
be a list of the addresses from which people complained.
"""

import gc
import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loaded once and shared by the processes. Nothing may open a connection before the fork.
preload_app = True
timeout = 60
graceful_timeout = 3
keepalive = 2
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
# A kept-alive worker heartbeat on disk stalls the worker where /tmp is slow.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108

# Settings read this: each thread can hold one connection of its process's pool.
os.environ.setdefault("DATABASE_POOL_SIZE", str(threads))


def when_ready(server: object) -> None:
    """Put what is loaded aside before the fork, so that collecting rubbish copies no shared page.

    Measured twice at the end of the first step: 62 instead of 77 MB a worker (proportional set
    size). Later dependencies have not been measured with it.
    """
    gc.collect()
    gc.freeze()
