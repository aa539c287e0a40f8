"""Everything is read again and compared: the journal with itself, the rows with the journal, the reports with the rows."""
