"""The tracker's tables as the code uses them. Their history is in ``schema/versions``."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, Text, UniqueConstraint

from migrail.tracker.columns import Moment

metadata = MetaData()

batches = Table(
    "migrail_batch",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String(100), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(100), nullable=False),
    Column("manifest", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(255), nullable=False),
    Column("superseded_at", Moment),
    Column("superseded_by", String(255)),
    UniqueConstraint("project", "number", name="uq_migrail_batch_number"),
    UniqueConstraint("project", "digest", name="uq_migrail_batch_digest"),
)

promotions = Table(
    "migrail_promotion",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("project", String(100), nullable=False, index=True),
    Column("environment", String(60), nullable=False),
    Column("batch", String(100), nullable=False),
    Column("actor", String(255), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment),
    Column("outcome", String(20), nullable=False),
    Column("detail", Text, nullable=False),
)

evidence = Table(
    "migrail_evidence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String(100), nullable=False, index=True),
    Column("environment", String(60), nullable=False),
    Column("batch", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("actor", String(255), nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("detail", Text, nullable=False),
)

approvals = Table(
    "migrail_approval",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String(100), nullable=False, index=True),
    Column("environment", String(60), nullable=False),
    Column("batch", String(100), nullable=False),
    Column("state", String(100), nullable=False),
    Column("actor", String(255), nullable=False),
    Column("approved_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)

observations = Table(
    "migrail_observation",
    metadata,
    Column("project", String(100), primary_key=True),
    Column("environment", String(60), primary_key=True),
    Column("target", String(100), primary_key=True),
    Column("observed_at", Moment, nullable=False),
    Column("head", String(64), nullable=False),
    Column("record", Text, nullable=False),
)
