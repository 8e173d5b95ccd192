"""The tables and everything that reads or writes them; SQL lives nowhere else."""
