/** The same 10,000 records in a browser: how long until rows stand on the screen, with an empty device and with a full one. */
import { setTimeout as delay } from 'node:timers/promises';
import { chromium, type BrowserContext } from '@playwright/test';
import { manyProjects } from '../measure/many-projects.ts';
import { sharingAllCores } from '../measure/cores.ts';
import type { Figures } from '../report/figures.ts';
import type { RunningServer } from '../servers/running-server.ts';
import { countCells, fillDocument } from './fill-document.ts';
import type { Run, Scenario } from './scenario.ts';
import { withServer } from './with-server.ts';

const records = 10_000;
/** A compartment of the sample, so that the screen shows it beside the others. */
const largeDocument = 'usa/project';
/** The device keeps what it has received a moment after it shows it. */
const keepMs = 3_000;
const patienceMs = 60_000;

export const browserOpen: Scenario = {
  title: 'open 10,000 records in a browser',
  contenders: ['lodestone'],
  sessions: 1,
  run: async (run) => {
    await ensureFilled(run);

    return withServer(run, { documents: [largeDocument] }, (server) =>
      sharingAllCores(() => measure(run, server)),
    );
  },
};

async function ensureFilled(run: Run): Promise<void> {
  await withServer(run, { documents: [largeDocument] }, async (server) => {
    const connection = await server.connect(largeDocument, 0);
    if (countCells(connection.state) < records) {
      await fillDocument(connection, manyProjects(records));
    }
    connection.close();
  });
}

async function measure({ site }: Run, { origin }: RunningServer): Promise<Figures> {
  const browser = await chromium.launch(await launchOptions());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const [name = '', value = ''] = site.cookieOf(0).split('=');
    await context.addCookies([{ name, value, url: origin }]);
    await context.addInitScript(noteFirstRows, records);
    const rowsColdMs = await timeRows(context, origin);
    const rowsWarmMs = await timeRows(context, origin);

    return { rowsColdMs, rowsWarmMs };
  } finally {
    await browser.close();
  }
}

/** From the start of the navigation to the frame in which rows of the whole register stand on the screen. */
async function timeRows(context: BrowserContext, origin: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(origin, { waitUntil: 'commit' });
  const shown = await page.waitForFunction(
    () => (globalThis as { rowsShownAt?: number }).rowsShownAt,
    undefined,
    { timeout: patienceMs },
  );
  const milliseconds = (await shown.jsonValue()) ?? Number.NaN;
  await delay(keepMs);
  await page.close();

  return milliseconds;
}

/** Runs in the page, before its own programs. */
function noteFirstRows(atLeast: number): void {
  const look = () => {
    const rows = Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount'));
    if (rows > atLeast && document.querySelector('[data-record]') !== null) {
      (globalThis as { rowsShownAt?: number }).rowsShownAt = performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  look();
}

/** The browser that comes with the packages, or the one that is named; a container has no sandbox of its own. */
async function launchOptions() {
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await packaged.executablePath());

  return { executablePath, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] };
}
