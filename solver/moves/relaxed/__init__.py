"""The relaxation behind the bounds: all lawful cycles and chains, taken in fractions."""
