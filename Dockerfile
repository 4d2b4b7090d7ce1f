# Two stages: the compiler stays behind, and what runs has no shell user, no root and one volume.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Cargo.toml Cargo.lock ./
COPY .cargo .cargo
COPY assets assets
COPY src src
COPY config config
COPY locales locales
COPY migrations migrations
RUN sed -i '/^\[\[bench\]\]/,/^$/d; /^\[\[test\]\]/,/^$/d' Cargo.toml && cargo build --release --locked

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin loket \
    && install -d -o loket -g loket /data
COPY --from=build /src/target/release/loket /usr/local/bin/loket
USER 10001
WORKDIR /data
VOLUME /data
# Few pools of memory for many threads, so that what a busy moment took is given back and not kept by each of them.
ENV LOKET_CONFIG=/etc/loket LOKET_DATABASE=sqlite:/data/loket.db MALLOC_ARENA_MAX=2
# Asks /healthz of the address that loket.toml names; without one (listen = "none") it says so and the container counts as unwell.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["loket", "health"]
ENTRYPOINT ["loket"]
CMD ["run"]
