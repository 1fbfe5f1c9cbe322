"""Prepared questions and free SPARQL: ask a graph or a service, get typed rows, write them in any format."""

from stikg.query.catalogue import (
    GROUPS,
    Column,
    Parameter,
    Question,
    catalogue,
    parse_question,
    read_question,
    search,
)
from stikg.query.finding import find_question, list_questions
from stikg.query.formats import FORMATS, format_of, render
from stikg.query.parameters import Bound
from stikg.query.rows import Answer, Row, Rows, Triples
from stikg.query.running import EndpointSource, LocalSource, Source, ask, prepare, run, select

__all__ = [
    "FORMATS",
    "GROUPS",
    "Answer",
    "Bound",
    "Column",
    "EndpointSource",
    "LocalSource",
    "Parameter",
    "Question",
    "Row",
    "Rows",
    "Source",
    "Triples",
    "ask",
    "catalogue",
    "find_question",
    "format_of",
    "list_questions",
    "parse_question",
    "prepare",
    "read_question",
    "render",
    "run",
    "search",
    "select",
]
