"""The product on more than one machine, with engines as they are: what the death of one costs, and what it must not."""
