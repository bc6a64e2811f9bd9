"""What comes in from outside: files, pages of the web, tables, archives of event folders."""
