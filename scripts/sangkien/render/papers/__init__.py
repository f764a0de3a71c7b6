"""Papers an office signs and sends: what each place of a Word template holds, and the sheets that are printed."""
