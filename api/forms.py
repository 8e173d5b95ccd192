"""What steps and outcomes ask for, as a form shows it: JSON schema whose titles are in one language."""

from functools import cache
from typing import Any

from pydantic import BaseModel

from domain.language import Language
from domain.policy.choice_names import choice_in_chinese, choice_in_english
from domain.policy.field_names import field_in_chinese, field_in_english


@cache
def form_in(language: Language, asked: type[BaseModel]) -> dict[str, Any]:
    """The schema of an input, each field called what people call it in that language.

    `x-titles` of an enumeration says the same of each of its codes. What describes a part is English: Chinese forms do
    without.
    """
    schema = asked.model_json_schema()
    english = language is Language.EN
    title, choice = (field_in_english, choice_in_english) if english else (field_in_chinese, choice_in_chinese)
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            field["title"] = title(name)
        for described in () if english else (part, *part.get("properties", {}).values()):
            described.pop("description", None)
        if codes := [code for code in part.get("enum", ()) if isinstance(code, str)]:
            part["x-titles"] = {code: choice(code) for code in codes}
    return schema
