"""Files a command leaves behind: whole or not at all, for their owner only. Layer: cli."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` in one step: temporary file beside it, fsync, rename. Mode 0600.

    Raises OSError with the path's name; what stood there before then still does.
    """
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error
