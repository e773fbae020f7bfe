"""The chronology: everything signed, from every divider and of several files, filtered, drawn along time, marked by hand."""
