"""Lines of which a page shows hundreds, as HTML: what a template says, at a tenth of its time.

Everything goes through `format_html`: what somebody typed is escaped where it is put in.
"""
