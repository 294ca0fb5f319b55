# One image for web, worker, beat and migration. Nobody could build it where it was written: there
# was no container engine. It was linted, and the commands below were run outside of a container.
FROM python:3.13-slim-bookworm AS packages
WORKDIR /app
ENV UV_PROJECT_ENVIRONMENT=/app/.venv UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
COPY pyproject.toml uv.lock README.md LICENSE ./
# Neither the tools of development nor the embedded PostgreSQL and Redis.
RUN pip install --no-cache-dir "uv==$(sed -n '/^name = "uv"$/{n;s/version = "\(.*\)"/\1/p}' uv.lock)" \
    && uv sync --frozen --no-dev --no-group embedded

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /home/redress redress \
    && install -d -o redress -g redress /var/lib/redress
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings REDRESS_MODE=production \
    STATIC_ROOT=/app/collected MEDIA_ROOT=/var/lib/redress/media BIND=0.0.0.0:8000
COPY --from=packages /app/.venv /app/.venv
COPY . .
# These keys exist during this one command: collecting files needs settings but seals nothing.
RUN python -m config.translations --compile \
    && REDRESS_MODE=test DATABASE_URL=postgresql://nobody@127.0.0.1:1/nothing \
       REDIS_URL=redis://127.0.0.1:1/0 SECRET_KEY=build \
       VAULT_KEYS=1:0101010101010101010101010101010101010101010101010101010101010101 \
       ACCESS_KEY_PEPPERS=1:0202020202020202020202020202020202020202020202020202020202020202 \
       BLIND_INDEX_KEY=0303030303030303030303030303030303030303030303030303030303030303 \
       COLLECT_HASHED=yes python manage.py collectstatic --no-input
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "python:config.gunicorn", "config.wsgi:application"]
