"""Celery as the workers and the beat run it: `celery -A workers.celery_app worker`.

The broker only carries wake-ups (ids). Late acknowledgement and rejection on a lost worker give a task back when its
process dies; whatever is lost all the same is found by the sweeps of the schedule, for the truth is in the database."""

import logging
import pkgutil
from pathlib import Path
from typing import Any

from celery import Task
from celery.signals import worker_process_init, worker_process_shutdown

from tracker import create_app
from tracker.extensions import celery, db
from tracker.settings.configuration import ConfigurationError, Settings
from tracker.setup.start import close, close_at_exit, refuse_what_must_not_be_served
from workers import log_lines
from workers.schedule import SCHEDULE

SECONDS_SOFT, SECONDS_HARD = 270, 300
# A task given back while its first run still works would be done twice: longer than any task may take.
VISIBILITY_TIMEOUT = SECONDS_HARD + 60

settings = Settings.or_exit()


class InsideTheApplication(Task):
    """A task that runs in an application context of its own."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with application.app_context():
            return self.run(*args, **kwargs)


def broker_options() -> dict[str, Any]:
    """Kombu gives an unacknowledged task back only after about 100 s unless the two restore options are set."""
    return {
        "visibility_timeout": VISIBILITY_TIMEOUT,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
    }


def schedule_file() -> str:
    """Where beat remembers when it last woke what."""
    folder = settings.data_dir / "run"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / "beat-schedule")


for told_by in ("celery.beat", "celery.worker.strategy", "celery.app.trace"):
    logging.getLogger(told_by).addFilter(log_lines.worth_a_line)
logging.getLogger("celery.beat").addFilter(log_lines.WithoutABroker())

celery.Task = InsideTheApplication
celery.conf.update(
    tracker_worker=True,
    broker_url=settings.broker_url,
    broker_transport_options=broker_options(),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_publish_retry=False,
    task_soft_time_limit=SECONDS_SOFT,
    task_time_limit=SECONDS_HARD,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=15.0,
    # A mail being sent when the broker goes must be finished, not cut.
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_max_tasks_per_child=2_000,
    worker_send_task_events=False,
    # What the application says keeps its own form and level, one event a line.
    worker_redirect_stdouts=False,
    beat_schedule=SCHEDULE,
    beat_schedule_filename=schedule_file(),
    beat_scheduler="workers.scheduler:Scheduler",
    beat_max_loop_interval=5,
    timezone="UTC",
    include=sorted(
        f"workers.{module.name}"
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if module.name not in ("celery_app", "log_lines", "schedule", "scheduler")
    ),
)
celery.set_default()

application = create_app(settings)
try:
    refuse_what_must_not_be_served(application)
except ConfigurationError as problem:
    raise SystemExit(str(problem)) from None


# The last to close a SQLite database empties its write-ahead log.
close_at_exit(application)


@worker_process_shutdown.connect
def close_connections(**_: Any) -> None:
    """A process of the pool ends without what is done at exit."""
    close(application)


@worker_process_init.connect
def begin_with_connections_of_its_own(**_: Any) -> None:
    """A forked process must not share its parent's database connections."""
    with application.app_context():
        for engine in db.engines.values():
            engine.dispose(close=False)
