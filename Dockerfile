# The bot and its workers in one image; `serve` is what it runs unless told otherwise.
# The sandbox and the tests stay outside: they are for the demo and for developers.
FROM python:3.12-slim

# zbar takes a last look at symbols that a pen stroke crosses; without it the bot works and says so in its log.
# The user has the number of the one in the image of the Bot API server: only so can it read the files that a server of
# one's own lays into the shared volume.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libzbar0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --non-unique --uid 101 --create-home --home-dir /data aprobot

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock
COPY . .

# Files and, where SQLite is used, the database lie in the volume; the program itself cannot be written to.
USER aprobot
WORKDIR /data
VOLUME /data
ENV PYTHONPATH=/app \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    APROBOT_WEB__HOST=0.0.0.0 \
    APROBOT_FILES__URL=file:///data/files \
    APROBOT_DATABASE__URL=sqlite+aiosqlite:////data/aprobot.db
EXPOSE 8080

# SIGTERM lets the bot finish what is in hand; it needs 10 s at most.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["serve"]
