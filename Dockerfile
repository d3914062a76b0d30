# Styles and scripts of the site
FROM node:22-slim AS static
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY script/build-static script/
COPY static static
RUN script/build-static

FROM python:3.13-slim-trixie
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
# pg_dump and pg_restore for script/backup and script/restore; not older than the database in docker-compose.yml
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /site
COPY requirements/production.txt requirements/
RUN pip install --require-hashes --only-binary :all: -r requirements/production.txt
COPY . .
COPY --from=static /build/static/built static/built
# The key only lets the settings load; nothing is signed with it.
RUN SECRET_KEY=build STATIC_ROOT=/site/collected python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --uid 10001 --home-dir /data scrutineers \
    && install -d -o scrutineers -g scrutineers /data
ENV DATA_DIR=/data STATIC_ROOT=/site/collected
USER scrutineers
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "python:config.gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000"]
