"""Questions to a finished inference: functions that return values."""
