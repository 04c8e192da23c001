"""The tables of the store by what they are about: people who sign in, work, plans, ledgers."""
