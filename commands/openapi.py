"""`caseline openapi`: the API's OpenAPI document, without a server."""

import json
from pathlib import Path

from api.app import described_app


def openapi_text() -> str:
    """The document as JSON, the same text for the same API."""
    return json.dumps(described_app().openapi(), ensure_ascii=False, indent=1) + "\n"


def write_openapi(file: Path) -> None:
    """Writes the document where it changed; a file that is as it should be keeps its time."""
    text = openapi_text()
    if not file.exists() or file.read_text() != text:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
