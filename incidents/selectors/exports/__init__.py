"""What is seen of the register, as a file: tables, a workbook, points for maps, a STIX bundle.

Rows are fetched and written a few thousand at a time, so that a million weigh no more than a page.
"""

from incidents.selectors.exports.maps import write_geojson
from incidents.selectors.exports.stix import write_stix
from incidents.selectors.exports.tables import write_csv
from incidents.selectors.exports.told import name_of_file
from incidents.selectors.exports.workbooks import write_xlsx

__all__ = ["name_of_file", "write_csv", "write_geojson", "write_stix", "write_xlsx"]
