"""Crossread's own settings with what a test run needs set in the environment first."""

from __future__ import annotations

import os
import tempfile

os.environ["CROSSREAD_DEMO"] = "1"
os.environ["CROSSREAD_PUBLIC_READ"] = "0"
os.environ["CROSSREAD_SECRET_KEY"] = "only-for-tests"
os.environ["CROSSREAD_JUDGE"] = "rules"  # what reads pairs with the network says so: loading it takes seconds
os.environ.setdefault("CROSSREAD_VAR", tempfile.mkdtemp(prefix="crossread-tests-"))

from config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
