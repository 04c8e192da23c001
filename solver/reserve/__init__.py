"""The reserve as whole numbers: which teams are kept free for surprise visits on which day."""
