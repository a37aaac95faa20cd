"""Runs in a process of its own: imports mapped classes and writes down their tables.

Called with the file that knows how, the file to write to, and what to import, in the folder from which the
application imports its modules. What the imported code prints, raises and leaves running stays here: of an error
only its type and place are told, because its message may hold secrets.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from pathlib import Path
from typing import Any


def main() -> None:
    """Writes ``{"tables": [...]}`` or ``{"error": ...}``."""
    describing, output, reference = sys.argv[1:4]
    here = Path.cwd()
    sys.path[:1] = [str(folder) for folder in (here, here / "src") if folder.is_dir()]
    sys.argv[:] = [""]
    result: dict[str, Any]
    try:
        result = {"tables": runpy.run_path(describing)["describe"](reference)}
    except BaseException as error:
        result = {"error": type(error).__name__, **_place(error, str(here))}
        if isinstance(error, ModuleNotFoundError):
            result["module"] = error.name
    Path(output).write_text(json.dumps(result), encoding="utf-8")
    # Threads that the imported code started, and its handlers for the end of the program, are left behind.
    os._exit(0)


def _place(error: BaseException, here: str) -> dict[str, Any]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(here)]
    return {"path": frames[-1].filename, "line": frames[-1].lineno} if frames else {}


if __name__ == "__main__":
    main()
