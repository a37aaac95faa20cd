"""What the settings of all gates have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class GateSettings(BaseModel):
    """Settings of a gate: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)
