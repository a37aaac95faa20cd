"""The first tables: batches, promotions, evidence, approvals, observations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "migrail_batch",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(100), nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("created_by", sa.String(255), nullable=False),
        sa.Column("superseded_at", sa.String(32)),
        sa.Column("superseded_by", sa.String(255)),
        sa.UniqueConstraint("project", "number", name="uq_migrail_batch_number"),
        sa.UniqueConstraint("project", "digest", name="uq_migrail_batch_digest"),
    )
    op.create_table(
        "migrail_promotion",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("project", sa.String(100), nullable=False, index=True),
        sa.Column("environment", sa.String(60), nullable=False),
        sa.Column("batch", sa.String(100), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("finished_at", sa.String(32)),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_table(
        "migrail_evidence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project", sa.String(100), nullable=False, index=True),
        sa.Column("environment", sa.String(60), nullable=False),
        sa.Column("batch", sa.String(100), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_table(
        "migrail_approval",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("project", sa.String(100), nullable=False, index=True),
        sa.Column("environment", sa.String(60), nullable=False),
        sa.Column("batch", sa.String(100), nullable=False),
        sa.Column("state", sa.String(100), nullable=False),
        sa.Column("actor", sa.String(255), nullable=False),
        sa.Column("approved_at", sa.String(32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "migrail_observation",
        sa.Column("project", sa.String(100), primary_key=True),
        sa.Column("environment", sa.String(60), primary_key=True),
        sa.Column("target", sa.String(100), primary_key=True),
        sa.Column("observed_at", sa.String(32), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("record", sa.Text, nullable=False),
    )
