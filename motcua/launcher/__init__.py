"""How Một Cửa starts: its own PostgreSQL, its command line, its web server. Imports no other room."""
