/** axe finds nothing in the grid: light and dark, English and Japanese, closed and with everything open. */
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../support/accessible.ts';
import { looks } from '../support/looks.ts';
import { GridPage } from './grid-page.ts';

const part = '.register-grid';

for (const { scheme, language: lang } of looks) {
  test(`axe finds nothing: ${scheme}, ${lang}`, async ({ page }) => {
    // axe takes seconds over a page of cells.
    test.slow();
    const grid = await GridPage.open(page, { scheme, lang, peers: true, rows: 9 });
    await expect(grid.cell(1, 'name')).toBeVisible();
    await expectAccessible(page, part);

    await grid.standIn(2, 'stage');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listbox')).toBeVisible();
    await expectAccessible(page, part);

    await page.keyboard.press('Escape');
    await grid.standIn(2, 'statusAsOf');
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessible(page, part);
  });
}
