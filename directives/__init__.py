"""Official documents (văn bản): kinds, numbering, citations, validity and their intake."""
