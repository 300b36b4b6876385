# Two images of any glibc system: one with npm to build in, one to run on. Both can be replaced by local ones.
ARG BUILD_IMAGE=node:24-bookworm-slim
ARG RUNTIME_IMAGE=debian:bookworm-slim

FROM ${BUILD_IMAGE} AS build
WORKDIR /source

RUN apt-get update \
 && apt-get install -y --no-install-recommends binutils libatomic1 \
 && rm -rf /var/lib/apt/lists/*

# The packages stand in a layer of their own: a change of the sources does not fetch them again.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --include=dev --include=optional

COPY . .
RUN npm run build

# What runs: the program, the Node that the lockfile pins, and the libraries that this Node wants beyond glibc.
RUN mkdir -p /product/lib /product/data \
 && cp -r build/hivewarden.mjs build/better-sqlite3.node build/chunks build/client /product/ \
 && node="$(node tools/pinned-node.mjs)" \
 && strip -o /product/node "$node" \
 && ldd "$node" build/better-sqlite3.node | awk '/libatomic|libstdc\+\+|libgcc_s/ { print $3 }' | sort -u | xargs -I{} cp -L {} /product/lib/

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="Hivewarden" \
      org.opencontainers.image.description="Policy manager and admin console for fleets of managed ToolHive clients" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY --from=build /product/node /product/hivewarden.mjs /opt/hivewarden/
COPY --from=build /product/lib /opt/hivewarden/lib
COPY --from=build /product/better-sqlite3.node /opt/hivewarden/better-sqlite3.node
COPY --from=build /product/chunks /opt/hivewarden/chunks
COPY --from=build /product/client /opt/hivewarden/client
COPY --from=build --chown=65532:65532 /product/data /data

ENV LD_LIBRARY_PATH=/opt/hivewarden/lib \
    HIVEWARDEN_DATA_DIR=/data
WORKDIR /data
VOLUME /data
EXPOSE 8080
USER 65532:65532

HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["/opt/hivewarden/node", "/opt/hivewarden/hivewarden.mjs", "healthcheck"]

ENTRYPOINT ["/opt/hivewarden/node", "/opt/hivewarden/hivewarden.mjs"]
CMD ["serve", "--evaluation", "--listen", "0.0.0.0:8080"]
