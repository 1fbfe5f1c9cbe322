"""STIKG: a knowledge graph of international science, technology and innovation programmes."""
