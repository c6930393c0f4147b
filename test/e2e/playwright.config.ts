/** Journeys of people through the built product, in a real browser. */
import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';
import { chromiumPath } from './src/support/chromium-path.ts';

/** The grid alone, over a register in memory. */
const harnessPort = 4174;
const harnessConfig = 'apps/web/harness/vite.config.ts';
const harness = `http://localhost:${String(harnessPort)}`;

const executablePath = await chromiumPath();

/** A container has no sandbox of its own, and the browser needs nothing from outside. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  outputDir: 'test-results/traces',
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1440, height: 900 },
    serviceWorkers: 'block',
    permissions: ['clipboard-read', 'clipboard-write'],
    trace: 'retain-on-failure',
    launchOptions: executablePath === undefined ? {} : { executablePath, args },
  },
  projects: [
    { name: 'grid', testDir: 'src/grid', use: { baseURL: harness } },
    { name: 'journeys', testDir: 'src/journeys' },
  ],
  webServer: {
    command: `vite build --config ${harnessConfig} && vite preview --config ${harnessConfig} --port ${String(harnessPort)} --strictPort`,
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    url: `${harness}/grid.html`,
  },
});
