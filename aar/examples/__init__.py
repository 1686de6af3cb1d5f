"""Example people and records, loaded through the product's own actions, in example mode only.

What is said of real events comes from published reports (docs/data-credits.md); posts, reviews'
recommendations and lessons are marked as examples.
"""
