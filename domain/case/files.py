"""Photos and documents as evidence: a step names them by id; what they show stands in the store, never in a case."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from domain.case.story import Story

MOST_FILES = 20
"""How many one step may name."""

FileId = Annotated[str, StringConstraints(pattern=r"^file:[0-9a-f]{32}$")]


class NamesFiles(BaseModel):
    """What somebody shows with a step: files that were uploaded to a case of the same family before."""

    files: Annotated[list[FileId], Field(max_length=MOST_FILES, json_schema_extra={"x-files": True})] | None = None


def files_in(input_: BaseModel) -> list[str]:
    """The files that an input names, itself or in what is said within it."""
    own = input_.files if isinstance(input_, NamesFiles) else None
    return [*(own or ()), *(file for _, part in input_ if isinstance(part, BaseModel) for file in files_in(part))]


def show(story: Story, files: list[str] | None) -> None:
    """The timeline tells that files were shown, and which."""
    if files:
        story.tell("files.shown", f"Files shown: {len(files)}", files=files)
