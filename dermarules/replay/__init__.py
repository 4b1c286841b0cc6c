"""Replay: every step of a report derived a second time, without an engine, from the knowledge and the findings."""
