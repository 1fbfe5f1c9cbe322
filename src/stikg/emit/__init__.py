"""Emission: tables and a mapping become N-Quads lines, without a term object on the way."""

from stikg.emit.emitter import Emitter, compile_mapping, emit_all

__all__ = ["Emitter", "compile_mapping", "emit_all"]
