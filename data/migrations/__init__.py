"""Steps that bring a database to the state of `data/store/schema.py`."""
