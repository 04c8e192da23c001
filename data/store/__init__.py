"""The store of the server: accounts, datasets, plans, ledgers, runs, and the journal of it all."""
