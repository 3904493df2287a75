# The whole of Parley in one container, with its embedded engines:
#   docker build -f docker/standalone.Dockerfile -t parley .
#   docker run -p 3000:3000 -v parley-data:/data parley
# Debian, not Alpine: the native packages ship their binaries for glibc.

FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Install scripts are not needed: every native package ships its binary inside.
RUN npm ci --ignore-scripts
COPY nest-cli.json tsconfig.json tsconfig.spec.json rspack.config.js ./
COPY apps apps
COPY libs libs
RUN npx nest build standalone && npm prune --omit=dev --ignore-scripts

FROM node:20.20-bookworm-slim
WORKDIR /app
# Not in the build stage, where it would leave out the devDependencies. Here it keeps stack traces out of answers.
ENV NODE_ENV=production DATA_DIR=/data PORT=3000
RUN mkdir /data && chown node:node /data
COPY --from=build /app/package.json ./
# The embedded PostgreSQL restores links among its libraries at the first start, so the packages belong to its user.
COPY --from=build --chown=node:node /app/node_modules node_modules
COPY --from=build /app/dist/apps/standalone dist/apps/standalone
# The image's user `node`; only a number can be checked not to be root before a start.
USER 1000:1000
VOLUME /data
EXPOSE 3000
# Ready means that sends are accepted.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# The process is the container's first: it gets SIGTERM itself, and drains.
CMD ["node", "--max-semi-space-size=64", "--enable-source-maps", "dist/apps/standalone/main.js"]
