/** Finds a browser: one that is named, one that is installed, or the one that comes with the packages. */
import { existsSync } from 'node:fs';

const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/** Undefined where Playwright's own browser is to be used (`npx playwright install chromium`). */
export async function chromiumPath(): Promise<string | undefined> {
  if (process.env['CHROMIUM_PATH'] !== undefined) return process.env['CHROMIUM_PATH'];
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium');

    return chromium.executablePath();
  }

  return installed.find((file) => existsSync(file));
}
