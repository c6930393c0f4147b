/** `npm run dev`: the same workspace with reload. The api starts again after each build, the web client reloads in the browser. */
import './require-node.mjs';

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import { build, createServer } from 'vite';

import { root, runToEnd } from './workspace.mjs';

const WEB_PORT = 5173;
const apiPort = process.env.PORT ?? '3000';
const api = `http://127.0.0.1:${apiPort}`;

let child;
let ending = false;
/** One restart at a time. */
let restarts = Promise.resolve();

await runToEnd(async () => {
  const web = await startWeb();
  const watcher = await build({
    root: path.join(root, 'apps', 'api'),
    logLevel: 'warn',
    build: { watch: {} },
  });

  watcher.on('event', (event) => {
    if (event.code === 'END') restarts = restarts.then(restartApi);
    if (event.code === 'ERROR') console.error(event.error);
    if ('result' in event) void event.result?.close();
  });
  console.log(`The web client reloads at http://localhost:${WEB_PORT} (the api is at ${api}).`);

  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  ending = true;
  await Promise.all([watcher.close(), web.close(), restarts.then(stopApi)]);
  process.exit(0);
});

async function startWeb() {
  const proxied = { target: api, changeOrigin: false };
  const server = await createServer({
    root: path.join(root, 'apps', 'web'),
    server: {
      host: 'localhost',
      port: WEB_PORT,
      strictPort: true,
      proxy: { '/api': proxied, '/socket.io': { ...proxied, ws: true } },
    },
  });

  return server.listen();
}

async function restartApi() {
  await stopApi();
  if (ending) return;

  child = spawn(process.execPath, ['infra/run/start.mjs', '--no-build'], {
    cwd: root,
    stdio: 'inherit',
    // Ctrl+C reaches us alone: a second signal would end the api at once, without its database.
    detached: true,
    // Browsers come through the web server, so its origin is the one to allow.
    env: {
      PUBLIC_ORIGIN: `http://localhost:${WEB_PORT}`,
      NODE_ENV: 'development',
      ...process.env,
      PORT: apiPort,
    },
  });
}

async function stopApi() {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;

  const ended = once(child, 'exit');

  child.kill('SIGTERM');
  await ended;
}
