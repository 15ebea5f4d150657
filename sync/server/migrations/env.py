"""How Alembic reaches the database: on the connection it is handed. Layer: sync.server."""

from __future__ import annotations

from alembic import context

from sync.server.storage import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
