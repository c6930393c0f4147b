/** axe finds nothing in the grid: light and dark, English and Japanese, closed and with everything open. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { looks } from '../support/looks.ts';
import { GridPage } from './grid-page.ts';

async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).include('.register-grid').analyze();

  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}

for (const { scheme, language: lang } of looks) {
  test(`axe finds nothing: ${scheme}, ${lang}`, async ({ page }) => {
    // axe takes seconds over a page of cells.
    test.slow();
    const grid = await GridPage.open(page, { scheme, lang, peers: true, rows: 9 });
    await expect(grid.cell(1, 'name')).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);

    await grid.standIn(2, 'stage');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox')).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);

    await page.keyboard.press('Escape');
    await grid.standIn(2, 'statusAsOf');
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    expect(await violationsOf(page)).toEqual([]);
  });
}
