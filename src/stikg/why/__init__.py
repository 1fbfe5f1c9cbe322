"""One thing on one page: each statement about it, with the passage that makes it."""

from stikg.why.page import Mention, Page, Shown, Statement, why
from stikg.why.passages import Correction, Passage

__all__ = ["Correction", "Mention", "Page", "Passage", "Shown", "Statement", "why"]
