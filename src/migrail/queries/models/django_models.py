"""Django: ``django:module`` names the module of the settings; the models of all installed applications count."""

from __future__ import annotations

import re

from migrail.queries._interface import ModelSource

_REFERENCE = re.compile(r"django:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")

SOURCE = ModelSource(
    name="django",
    title="Django",
    matches=lambda reference: _REFERENCE.fullmatch(reference) is not None,
    program="_describe_django.py",
)
