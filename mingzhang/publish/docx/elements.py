"""Elements of Word's own XML, and how a disclosure looks (looks.toml)."""

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

POINT = 20
"""Twentieths of a point, in which Word counts."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
name = lru_cache(maxsize=256)(qn)


@lru_cache(maxsize=1)
def looks() -> dict[str, Any]:
    return tomllib.loads((resources.files("mingzhang.publish.docx") / "looks.toml").read_text("utf-8"))


def element(tag: str, **attributes: object) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(name(f"w:{key}"), str(value))
    return made


def child(parent: Any, tag: str, **attributes: object) -> Any:
    made = etree.SubElement(parent, name(tag))
    for key, value in attributes.items():
        made.set(name(f"w:{key}"), str(value))
    return made


def words(parent: Any, text: str) -> Any:
    """A run of text."""
    run = child(parent, "w:r")
    made = child(run, "w:t")
    made.text = text
    made.set(_SPACE, "preserve")
    return run


def field(parent: Any, code: str, result: str) -> None:
    """A field with the result that it shows until Word computes it anew."""
    child(child(parent, "w:r"), "w:fldChar", fldCharType="begin")
    instruction = child(child(parent, "w:r"), "w:instrText")
    instruction.text = f" {code} "
    instruction.set(_SPACE, "preserve")
    child(child(parent, "w:r"), "w:fldChar", fldCharType="separate")
    words(parent, result)
    child(child(parent, "w:r"), "w:fldChar", fldCharType="end")
