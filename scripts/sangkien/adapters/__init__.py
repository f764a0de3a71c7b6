"""One module per outside system; none of them decides anything."""
