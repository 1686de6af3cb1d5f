"""The launcher: runs PostgreSQL, Valkey, web, worker and beat from one data directory.

`python -m stack run` is what `make run` calls. Nothing here knows the product; it is started
through `manage.py`, gunicorn and celery by name. What each module holds:

troubles      what a person must mend, as one sentence and a command
patience      waiting that ends at once when a signal asks for it
accounts      who the servers run as
home          the data directory and what lies where in it
passwords     the secrets of the servers and of Django
programs      where the server programs are
processes     starting, watching and stopping children; clearing up after a killed launcher
postgresql    one PostgreSQL over a unix socket
valkey        one Valkey (or Redis) over a unix socket
servers       both of them, or the ones the environment names
checks        what is looked at before anything starts
product       the product's own processes: prepare, web, worker, beat
healthy       whether the web server answers
signins       the example sign-ins as a table
launch        the whole run, from first check to last stop
throwaway     servers for a test run, gone with it
environment   makes the virtual environment (plain python3, before anything is installed)
npm           fetches the npm packages, which are only fonts
catalogues    compiles and checks the translations
"""
