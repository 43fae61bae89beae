"""Actions, queries and reports: functions of a session; they never commit."""
