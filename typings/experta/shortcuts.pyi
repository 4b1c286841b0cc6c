from experta.fieldconstraint import W

class _MATCH:
    def __getattr__(self, name: str) -> W: ...

class _AS:
    def __getattr__(self, name: str) -> str: ...

MATCH: _MATCH
AS: _AS
