"""How fast it is, and proofs too long for the gate.

`make bench` measures ratios, both sides interleaved in one run; `make prove` breaks things on
purpose.
"""
