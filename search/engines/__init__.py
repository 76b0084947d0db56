"""One module an engine; none of them knows another. What two share stands in the `sql_` modules."""
