"""Run the command line as `python -m sangkien`."""

from sangkien.cli import main

if __name__ == "__main__":
    main()
