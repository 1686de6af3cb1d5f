"""WSGI entry point."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aar.settings")

application = get_wsgi_application()

# What is loaded once stays. A long page makes tens of thousands of small things; looking through
# all there is at every seven hundred of them took about a tenth of its time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
