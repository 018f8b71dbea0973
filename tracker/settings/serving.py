"""How gunicorn serves the site: `gunicorn --config python:tracker.settings.serving wsgi:app`."""

import gc
from typing import Any

from tracker.settings.configuration import Settings

_settings = Settings.or_exit()

bind = f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
worker_class = "tracker.settings.patient_worker.PatientWorker"
workers = _settings.web_processes
threads = _settings.web_threads
timeout = 60
graceful_timeout = 8
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
# Who is in front is decided by TRUSTED_PROXIES, in one place.
forwarded_allow_ips = "127.0.0.1"
proc_name = "tracker-web"
control_socket_disable = True


def post_worker_init(_worker: Any) -> None:
    """Leave the loaded program out of every later garbage collection: walking all of it stops each page for 200 ms."""
    gc.collect()
    gc.freeze()
