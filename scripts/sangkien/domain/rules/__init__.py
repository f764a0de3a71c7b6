"""What a schema cannot say: each rule takes records and gives findings; none of them reads a file."""
