"""Another agency's chronology brought into a file: rows of .xlsx, .csv or .docx as events with their source, never altered."""
