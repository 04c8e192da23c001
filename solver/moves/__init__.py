"""Rotation as whole numbers: who takes whose desk, in which wave, in short cycles and chains."""
