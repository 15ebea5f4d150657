"""The one SQLCipher connection of an open vault. Layer: store; the only place that knows sqlcipher3.

A :class:`Database` belongs to the thread that opened it. While it is open nothing else in this process
may open the same file, not even to read its first bytes: closing such a handle would drop the locks
that keep a second desk out (POSIX gives locks to processes, not to handles).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, LiteralString, NoReturn, Self

from sqlcipher3 import dbapi2

from ournydesk.crypto.keys import SALT_BYTES, DatabaseKey
from ournydesk.errors import AlreadyOpen, DeskError, Refused, StoreBroken
from ournydesk.store import durable, schema

Value = str | int | bytes | None
Row = tuple[Any, ...]

SMALLEST: Final = 512
PLAIN: Final = b"SQLite format 3\0"
UPGRADED: Final = ".new"
"""Ends the name of a copy whose tables are being brought up to date."""


class Database:
    """Reads and transactions on an encrypted file that nobody else has open."""

    def __init__(self, connection: Any, path: Path, *, unclean: bool) -> None:
        self._connection = connection
        self._path = path
        self._stopped = False
        self._depth = 0
        self._torn = False
        self._afterwards: list[Callable[[], None]] = []
        self.unclean = unclean
        """Whether the last desk was killed before it closed this file."""

    @classmethod
    def create(cls, path: Path, key: DatabaseKey, steps: Sequence[LiteralString] = schema.STEPS) -> Self:
        """A new database with all tables. The file must not exist yet."""
        with durable.storage_errors():
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, durable.PRIVATE_FILE))
        database = cls(_connect(path, key), path, unclean=False)
        try:
            database._migrate(0, steps)
        except BaseException:
            database._connection.close()
            raise
        return database

    @classmethod
    def open(cls, path: Path, key: DatabaseKey, steps: Sequence[LiteralString] = schema.STEPS) -> Self:
        """Open what is there, look it over and bring its tables up to date.

        Raises AlreadyOpen; StoreBroken("store.database") with the damaged pages where they can be
        told; Refused("refused.newer") for tables of a later desk.
        """
        try:
            if path.stat().st_size < SMALLEST:
                raise StoreBroken("store.database", why="cut")
        except OSError as error:
            raise StoreBroken("store.database", why="missing") from error
        log = path.with_name(path.name + "-wal")
        unclean = log.exists() and log.stat().st_size > 0
        try:
            connection = _connect(path, key)
        except StoreBroken as error:
            raise _diagnosis(path, key, error) from error
        database = cls(connection, path, unclean=unclean)
        try:
            version = database._look_over(steps)
            _sweep(path)
            if version < len(steps):
                database._upgrade(key, version, steps)
                database = cls(_connect(path, key), path, unclean=unclean)
        except BaseException:
            connection.close()
            raise
        return database

    def read(self, sql: LiteralString, *values: Value) -> list[Row]:
        """All rows of a query."""
        try:
            rows: list[Row] = self._connection.execute(sql, values).fetchall()
        except dbapi2.DatabaseError as error:
            self._tell(error)
        return rows

    def write(self, sql: LiteralString, *values: Value) -> None:
        """Run one statement; only inside :meth:`transaction`."""
        if not self._connection.in_transaction:
            raise RuntimeError("a write outside a transaction would not be saved together with the rest")
        try:
            self._connection.execute(sql, values)
        except dbapi2.DatabaseError as error:
            self._tell(error)

    def write_many(self, sql: LiteralString, rows: Iterable[tuple[Value, ...]]) -> None:
        """Run one statement for many rows; only inside :meth:`transaction`."""
        for row in rows:
            self.write(sql, *row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside, or none. What they wrote is on the disk when the outermost block has ended.

        A block inside another joins it: an error that leaves both takes back both, and one that is
        caught between them takes back the inner block alone.

        Raises StoreBroken("store.full") when the disk is full: nothing was written, try again when
        there is room. Raises StoreBroken("store.write") when the disk failed: this connection then
        writes nothing more, because after a failed fsync nobody knows what the disk holds.
        """
        if self._stopped:
            raise StoreBroken("store.write", why="stopped")
        if self._depth:
            with self._joined():
                yield
            return
        with self._translated(), self._block():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._check_whole()
                self._connection.execute("COMMIT")
            finally:
                self._torn = False
                if self._connection.in_transaction:
                    with suppress(dbapi2.DatabaseError):
                        self._connection.execute("ROLLBACK")
        afterwards, self._afterwards = self._afterwards, []
        last = {work: at for at, work in enumerate(afterwards)}
        for at, work in enumerate(afterwards):
            if last[work] == at:
                work()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One change of one table; inside another block it is a part of that and costs nothing.

        An error that leaves it has to leave the block around it as well: that one is taken back, never
        kept with half a change in it.
        """
        if not self._depth:
            with self.transaction():
                yield
            return
        if self._stopped:
            raise StoreBroken("store.write", why="stopped")
        try:
            yield
        except BaseException:
            self._torn = True
            raise

    def afterwards(self, work: Callable[[], None]) -> None:
        """Do this when what is being written is on the disk, and never if it is taken back.

        At once when nothing is being written. The same work is done once only, where it was asked last.
        """
        if self._depth:
            self._afterwards.append(work)
        else:
            work()

    def damaged_pages(self) -> tuple[int, ...]:
        """Pages whose authentication fails; reads the whole file, about 0.2 s for 80 MB."""
        with self._translated():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            said = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
        return tuple(sorted(_pages(text for (text,) in said)))

    def copy_into(self, path: Path, changes: Sequence[LiteralString]) -> None:
        """Write a copy under the same key into an empty file, then change the copy, which is ``copy`` there.

        What is deleted from the copy is overwritten in it. A disk that fails there is another disk than
        this file's own, so nothing is stopped here.
        """
        with _translated():
            self._connection.execute("VACUUM INTO ?", (str(path),))
            if not changes:
                return
            self._connection.execute("ATTACH DATABASE ? AS copy", (str(path),))
            try:
                self._connection.execute("PRAGMA copy.secure_delete = ON").fetchall()
                for change in changes:
                    self._connection.execute(change)
            finally:
                self._connection.execute("DETACH DATABASE copy")

    def forget_deleted(self) -> None:
        """Move the log into the file and empty it, so that deleted rows are in neither.

        Inside :meth:`transaction` this is done when it has ended.
        """
        self.afterwards(self._empty_log)

    def close(self) -> None:
        """Fold the log into the file and let go of it. Closing twice is harmless."""
        with self._translated():
            self._connection.close()

    def _empty_log(self) -> None:
        with self._translated():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _joined(self) -> Iterator[None]:
        with self._translated(), self._block():
            self._connection.execute("SAVEPOINT joined")
            try:
                yield
                self._check_whole()
                self._connection.execute("RELEASE joined")
            except BaseException:
                self._torn = False
                # A full or failed disk may have taken back everything already.
                if self._connection.in_transaction:
                    with suppress(dbapi2.DatabaseError):
                        self._connection.execute("ROLLBACK TO joined")
                        self._connection.execute("RELEASE joined")
                raise

    def _check_whole(self) -> None:
        if self._torn:
            raise RuntimeError(
                "an error in the middle of a change was caught before the change was taken back"
            )

    @contextmanager
    def _block(self) -> Iterator[None]:
        waiting = len(self._afterwards)
        self._depth += 1
        try:
            yield
        except BaseException:
            del self._afterwards[waiting:]
            raise
        finally:
            self._depth -= 1

    def _look_over(self, steps: Sequence[LiteralString]) -> int:
        """The version of the tables. Raises where they cannot be used."""
        try:
            ((said,),) = self.read("PRAGMA quick_check(1)")
        except StoreBroken as error:
            raise self._with_pages(error) from error
        if said != "ok":
            raise self._with_pages(StoreBroken("store.database", why="pages"))
        ((version,),) = self.read("PRAGMA user_version")
        if version > len(steps):
            raise Refused("refused.newer", what="database", version=version)
        if version == 0:
            raise StoreBroken("store.database", why="empty")
        return int(version)

    def _with_pages(self, error: StoreBroken) -> StoreBroken:
        pages: tuple[int, ...] = ()
        with suppress(StoreBroken):
            pages = self.damaged_pages()
        return StoreBroken(error.code, **{**error.facts, "pages": pages})

    def _upgrade(self, key: DatabaseKey, version: int, steps: Sequence[LiteralString]) -> None:
        """Bring a copy of the tables up to date, look at every page of it, and let it take this file's place.

        Until it does, this file is as it was: a step that fails or a desk that is killed loses nothing.
        Closes this connection.
        """
        draft = self._path.with_name(self._path.name + UPGRADED)
        with durable.storage_errors():
            os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, durable.PRIVATE_FILE))
        try:
            with self._translated():
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            self.copy_into(draft, ())
            copy = type(self)(_connect(draft, key), draft, unclean=False)
            try:
                copy._migrate(version, steps)  # noqa: SLF001 - of this class
                if pages := copy.damaged_pages():
                    raise StoreBroken("store.database", why="pages", pages=pages)
            finally:
                copy.close()
            if os.name == "nt":  # Windows replaces no file that is open
                self._connection.close()
            durable.put_in_place(draft, self._path)
        finally:
            _sweep(self._path)
        # Only now: as long as this connection is open, no other desk writes into the old file.
        self._connection.close()

    def _migrate(self, version: int, steps: Sequence[LiteralString]) -> None:
        for number, step in enumerate(steps[version:], version + 1):
            with self.transaction():
                for statement in _statements(step):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {number:d}")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except dbapi2.DatabaseError as error:
            self._tell(error)

    def _tell(self, error: dbapi2.DatabaseError) -> NoReturn:
        """Raise the same in our words; after a disk that failed, nothing more is written."""
        told = _in_our_words(error)
        if told is None:
            raise error
        self._stopped = self._stopped or told.code == "store.write"
        raise told from error


def _sweep(path: Path) -> None:
    """Remove a copy that never took this file's place, and its log: a later copy must not read that."""
    with durable.storage_errors():
        for end in ("", "-wal", "-journal"):
            path.with_name(path.name + UPGRADED + end).unlink(missing_ok=True)


def _connect(path: Path, key: DatabaseKey) -> Any:
    """A keyed connection that holds the file alone. The order of these lines matters: see FORMAT.md §7."""
    with _translated():
        connection = dbapi2.connect(str(path), isolation_level=None, timeout=0)
    try:
        with _translated():
            _set_key(connection, key)
            if not connection.execute("PRAGMA cipher_version").fetchall():
                raise StoreBroken("store.cipher", why="this SQLite does not encrypt")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute("PRAGMA secure_delete = ON").fetchall()
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            # Takes the lock now, not at the first answer.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_key(connection: Any, key: DatabaseKey) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    raw = key.raw()
    connection.set_key(raw)
    raw[:] = bytes(len(raw))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except dbapi2.DatabaseError as error:
        told = _in_our_words(error)
        if told is None:
            raise
        raise told from error


def _in_our_words(error: dbapi2.DatabaseError) -> DeskError | None:
    """What SQLite says about the file; None for what it says about our SQL, which is a bug."""
    said = str(error)
    if isinstance(error, dbapi2.IntegrityError | dbapi2.ProgrammingError):
        return None
    if "locked" in said:
        return AlreadyOpen()
    if "is full" in said:
        return StoreBroken("store.full")
    if "not a database" in said or "malformed" in said:
        return StoreBroken("store.database", why="pages")
    if "I/O" in said or "readonly" in said or "unable to open" in said:
        return StoreBroken("store.write", why=said)
    return None


def _diagnosis(path: Path, key: DatabaseKey, error: StoreBroken) -> StoreBroken:
    """Why SQLCipher could not read the tables' names; called only after its connection is closed again."""
    if error.code != "store.database":
        return error
    with path.open("rb") as file:
        start = file.read(SALT_BYTES)
    if start == PLAIN[:SALT_BYTES]:
        return StoreBroken("store.database", why="not_encrypted")
    if start != key.salt:
        return StoreBroken("store.database", why="other")
    return StoreBroken("store.database", why="pages", pages=_unauthentic(path, key) or (1,))


def _unauthentic(path: Path, key: DatabaseKey) -> tuple[int, ...]:
    """The damaged pages of a file whose tables' names cannot be read."""
    connection = dbapi2.connect(str(path), isolation_level=None, timeout=0)
    try:
        _set_key(connection, key)
        said = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    except dbapi2.DatabaseError:
        return ()
    finally:
        connection.close()
    return tuple(sorted(_pages(text for (text,) in said)))


def _pages(said: Iterable[str]) -> Iterator[int]:
    for text in said:
        digits = text.rpartition(" ")[2]
        yield int(digits) if digits.isdigit() else 0


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executescript would end our transaction first."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if dbapi2.complete_statement(waiting):
            yield waiting
            waiting = ""
