"""Makes the helpers beside the tests importable, properties patient (test machines are shared), and the user's own actors none of the tests' business."""

import os
import sys
import tempfile
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
os.environ["BACKCHANNEL_ACTORS"] = tempfile.mkdtemp(prefix="backchannel-actors-")
