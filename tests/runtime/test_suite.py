"""`make test` that is asked to end: what the tests started is stopped, and the second engine is not begun."""

import signal
import subprocess
import sys

import pytest

from tests.services.postgresql import wait_for
from tracker.settings.configuration import ROOT

pytestmark = pytest.mark.engine("sqlite")
IN_THE_BACKGROUND = ["sh", "-c", "trap '' INT; exec \"$@\"", "sh"]
"""What a shell does to a command that ends with "&": SIGINT is ignored."""
LONG = """
import time
import pytest

@pytest.fixture(scope="session")
def server(request):
    yield
    open({stopped!r}, "w").close()

def test_takes_long(server):
    open({begun!r}, "w").close()
    time.sleep(120)
"""


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_ends_in_order_also_in_the_background(tmp_path, asked):
    begun, stopped, file = tmp_path / "begun", tmp_path / "stopped", tmp_path / "test_long.py"
    file.write_text(LONG.format(begun=str(begun), stopped=str(stopped)))
    command = [
        sys.executable,
        "-m",
        "tools.suite",
        "-n0",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(file),
    ]
    suite = subprocess.Popen([*IN_THE_BACKGROUND, *command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    wait_for(begun.exists, seconds=60, what="the test")
    suite.send_signal(asked)
    said, _ = suite.communicate(timeout=60)
    assert stopped.exists()
    assert suite.returncode == 2
    assert "the suite on postgresql" not in said
