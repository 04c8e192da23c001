"""What a person can do on the server, a file a noun: the store is opened once, saved once."""
