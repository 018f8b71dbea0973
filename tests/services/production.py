"""The production set as a test can drive it: `production_set.url` in a browser, `smtp`, `broker`, `command(…)`."""

import secrets
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.services import network, processes
from tests.services.broker import Broker
from tests.services.smtp import SmtpSink
from tracker.settings import keys
from tracker.settings.configuration import ROOT, Settings
from tracker.settings.keys import KeyRing


@dataclass
class ProductionSet:
    """Everything of `Procfile`, on the database of the test, with settings that production accepts."""

    settings: Settings
    broker: Broker
    smtp: SmtpSink
    logs: Path
    running: list[processes.Process] = field(default_factory=list)

    @classmethod
    def prepare(cls, settings: Settings, folder: Path) -> "ProductionSet":
        """Choose ports and keys; start the broker and the mail server."""
        broker = Broker(folder / "broker", port=network.free_port()).start()
        smtp = SmtpSink().start()
        port = network.free_port()
        (folder / "data").mkdir()
        production = replace(
            settings,
            environment="production",
            port=port,
            base_url=f"http://127.0.0.1:{port}",
            redis_url=broker.url,
            smtp_url=smtp.url,
            mail_from="tracker@example.org",
            operated_by="An office",
            data_dir=folder / "data",
            files_dir=folder / "data" / "files",
            embedded_broker=False,
            key_rings={name: KeyRing.parse(secrets.token_urlsafe(48)) for name in keys.NAMES},
        )
        return cls(production, broker, smtp, folder)

    @property
    def url(self) -> str:
        """Where the site answers."""
        return self.settings.base_url

    def start(self) -> "ProductionSet":
        """Start site, two workers and beat; each is ready when this returns."""
        site, first, second = self.start_web(), self.start_worker("first"), self.start_worker("second")
        self.running.append(processes.beat(self.settings, self.logs / "beat.log"))
        site.wait_for_line("Booting worker")
        first.wait_for_line(" ready.")
        second.wait_for_line(" ready.")
        # The port is open before the program behind it is loaded: its first answer comes when it is.
        urllib.request.urlopen(f"{self.url}/healthz", timeout=60).close()
        return self

    def start_web(self) -> processes.Process:
        """Start the site without waiting for it."""
        self.running.append(processes.web(self.settings, self.logs / "web.log", wait=False))
        return self.running[-1]

    def start_worker(self, name: str = "worker") -> processes.Process:
        """Start a worker without waiting for it."""
        log = self.logs / f"{name}.log"
        self.running.append(processes.worker(self.settings, log, pool=1, name=name, wait=False))
        return self.running[-1]

    def command(self, *arguments: str) -> str:
        """Run `flask …` with these settings; give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=ROOT,
            env=processes.environment(self.settings),
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    def stop(self) -> None:
        """Stop everything at once."""
        for process in self.running:
            process.popen.terminate()
        for process in self.running:
            process.stop()
        self.smtp.stop()
        self.broker.kill()
