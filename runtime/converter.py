"""How values become payloads: by the SDK's converter for pydantic, made once.

The SDK makes a converter for each workflow and again for each of its tasks, and each would find out anew how types are
read.
"""

from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import CompositePayloadConverter, DataConverter

_CONVERTERS = PydanticPayloadConverter().converters


class SharedPydanticConverter(CompositePayloadConverter):
    """All of them convert by the same parts, which keep nothing but how types are read."""

    def __init__(self) -> None:
        self.converters = _CONVERTERS


DATA_CONVERTER = DataConverter(payload_converter_class=SharedPydanticConverter)
"""Of every client and worker. It has no codec, and stores nothing outside of Temporal (`workflow_sandbox.py`)."""
