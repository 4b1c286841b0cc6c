"""Other rule engines, each given the same ground rules: a module each, with `NAME`, `PACKAGE`, `NOTE` and `load`."""
