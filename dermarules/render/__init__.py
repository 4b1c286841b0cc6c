"""Answers as text, Markdown, HTML, JSON and for the terminal. A renderer chooses words and order, never facts."""
