"""Findings → something to read: the screen now; HTML, XLSX, DOCX and marked-up PDF later."""
