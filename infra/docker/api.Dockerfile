# The api with the built web client, for a database of its own (DATABASE_URL). Build it from the root of the repository:
#   docker build -f infra/docker/api.Dockerfile -t lodestone .

FROM node:24-slim AS build
WORKDIR /lodestone
COPY . .
RUN npm ci && NX_DAEMON=false npx nx run-many -t build -p @lodestone/api,@lodestone/web

# The same packages without the tools; install scripts are not needed, since nothing here runs an embedded PostgreSQL.
FROM node:24-slim AS packages
WORKDIR /lodestone
COPY . .
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /lodestone
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LODESTONE_DATA=/data
COPY --from=packages /lodestone/node_modules node_modules
COPY --from=packages /lodestone/package.json package.json
COPY --from=build /lodestone/infra/run infra/run
COPY --from=build /lodestone/apps/api/dist apps/api/dist
COPY --from=build /lodestone/apps/api/package.json apps/api/package.json
COPY --from=build /lodestone/apps/web/dist apps/web/dist
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.PORT+'/api/health/ready').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "infra/run/start.mjs", "--no-build"]
