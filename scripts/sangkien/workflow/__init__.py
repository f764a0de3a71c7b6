"""The steps, one module each, named like the command and the workflow file that run them."""
