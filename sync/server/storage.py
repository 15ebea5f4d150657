"""The server's tables, and transactions on them. Layer: sync.server; SQLite or PostgreSQL.

Sealed operations, who may pull them, the signed log of members, sealed parts of attachments: no name, no
answer, no key. What can be read from that all the same is said at the end of PROTOCOL.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    select,
)

MIGRATIONS: Final = Path(__file__).parent / "migrations"
WRITING: Final = "ourny_writing"

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)
creation_tokens = Table(
    "creation_tokens",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("made_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
)
teams = Table(
    "teams",
    metadata,
    Column("team", String(32), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("head_n", BigInteger, nullable=False),
    Column("head_hash", String(64), nullable=False),
    Column("members", Integer, nullable=False),
    Column("member_hash", String(64), nullable=False),
    # The hour of the last login, not its minute: enough for an operator, and less to hand over.
    Column("last_sync", BigInteger, nullable=False, server_default="0"),
    # How many records were erased, so that nobody looks for one where there is none.
    Column("erased", Integer, nullable=False, server_default="0"),
    # Not 0 while somebody with the right to ask has asked that nothing be deleted.
    Column("held", Integer, nullable=False, server_default="0"),
)
erased = Table(
    "erased",
    metadata,
    Column("team", String(32), ForeignKey("teams.team"), primary_key=True),
    Column("rec", String(32), primary_key=True),
)
members = Table(
    "members",
    metadata,
    Column("team", String(32), ForeignKey("teams.team"), primary_key=True),
    Column("mseq", Integer, primary_key=True),
    Column("entry", LargeBinary, nullable=False),
)
devices = Table(
    "devices",
    metadata,
    Column("device", String(32), primary_key=True),
    Column("team", String(32), ForeignKey("teams.team"), nullable=False),
    # Beside the log it is from, so that a login costs the same however long that log is.
    Column("sign", LargeBinary),
)
operations = Table(
    "operations",
    metadata,
    Column("team", String(32), ForeignKey("teams.team"), primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("op_id", String(64), nullable=False),
    Column("rec", String(32), nullable=False),
    Column("dev", String(32), nullable=False),
    Column("dseq", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("recipients", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    UniqueConstraint("team", "op_id", name="one_position_an_operation"),
    Index("by_device", "team", "dev", "dseq"),
)
# Places of a device's chain that its author's role did not allow: taken up for good, and without a position.
spent = Table(
    "spent",
    metadata,
    Column("team", String(32), ForeignKey("teams.team"), primary_key=True),
    Column("dev", String(32), primary_key=True),
    Column("dseq", BigInteger, primary_key=True, autoincrement=False),
    Column("op_id", String(64), nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("nonce_hash", String(64), nullable=False, unique=True),
    Column("device", String(32), nullable=False),
    Column("team", String(32), nullable=False),
    Column("expires", BigInteger, nullable=False),
)
blob_parts = Table(
    "blob_parts",
    metadata,
    Column("team", String(32), ForeignKey("teams.team"), primary_key=True),
    Column("blob", String(32), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)


class Storage:
    """One database with its migrations applied."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._looking = self.engine
        if self.engine.dialect.name == "postgresql":
            # Each statement there sees its own moment anyway: a transaction around it is two journeys more.
            self._looking = self.engine.execution_options(isolation_level="AUTOCOMMIT")

    def migrate(self) -> None:
        """Bring the tables up to date; safe to call at every start and from several workers at once."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                # Workers that start together wait for the first one.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7265)")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to look with."""
        with self._looking.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing; on SQLite the only writer from its first moment."""
        with self.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            yield connection

    def back_up(self, target: Path) -> bool:
        """Copy a database file as it is at this moment, however busy it is; False where it is no file."""
        if self.engine.dialect.name != "sqlite":
            return False
        with self.engine.connect() as connection:
            # Not inside a transaction: the driver's own connection, which begins none by itself.
            cursor = connection.connection.cursor()
            try:
                cursor.execute("VACUUM INTO ?", (str(target),))
            finally:
                cursor.close()
        return True

    def check(self) -> None:
        """Raise what the database raises when it does not answer."""
        with self.reading() as connection:
            connection.execute(select(meta.c.name).limit(1)).all()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    """The address of a database file."""
    return f"sqlite:///{path}"


def _engine(url: str) -> Engine:
    # What a failed statement was given is in no error and so in no log.
    engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    # The driver's own idea of when a transaction begins is switched off: _begin says it.
    connection.isolation_level = None
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "busy_timeout = 20000",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
