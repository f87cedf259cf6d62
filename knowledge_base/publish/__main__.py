"""``python -m knowledge_base.publish``: write the PDF, Word and Excel documents anew."""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge_base.publish import write

CONTENT = Path(__file__).parents[1] / "content"

if __name__ == "__main__":
    paths = write(CONTENT)
    sys.stdout.write("".join(f"{path.relative_to(CONTENT)}\n" for path in paths))
