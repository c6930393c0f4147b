/** Moving, sorting, filtering, columns, presence, and ten thousand rows. */
import { expect, test } from '@playwright/test';
import { GridPage } from './grid-page.ts';

test('the keys of a spreadsheet move about', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'country');

  await page.keyboard.press('ArrowRight');
  await grid.expectActive(2, 'stage');
  await page.keyboard.press('Home');
  await grid.expectActive(2, 'name');
  await page.keyboard.press('Control+ArrowDown');
  await grid.expectActive(312, 'name');
  await page.keyboard.press('PageUp');
  await expect(grid.active).toBeInViewport();
  await page.keyboard.press('Control+Home');
  await grid.expectActive(1, 'name');
  await page.keyboard.press('End');
  await grid.expectActive(1, 'confidence');
  await expect(grid.active).toBeInViewport();
});

test('Tab leaves the grid when nothing is being edited', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'country');

  await page.keyboard.press('Shift+Tab');

  await expect(grid.field).not.toBeFocused();
});

test('ten thousand rows scroll, and only those in sight are drawn', async ({ page }) => {
  const grid = await GridPage.open(page, { rows: 10_000 });
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
  const scroller = page.locator('.grid-scroller');

  const median = await scroller.evaluate(async (element) => {
    const frames: number[] = [];
    let last = performance.now();
    for (let step = 0; step < 60; step += 1) {
      element.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      frames.push(performance.now() - last);
      last = performance.now();
    }

    return frames.sort((a, b) => a - b)[30];
  });

  expect(await page.locator('.grid-row').count()).toBeLessThan(70);
  await expect(page.locator('.grid-row[aria-rowindex="760"]')).toBeVisible();
  // Twelve new rows a frame, drawn in software on a busy machine; a redraw of all rows would take seconds.
  expect(median).toBeLessThan(1_000);
  await grid.standIn(752, 'sponsors');
  await page.keyboard.type('far down');
  await page.keyboard.press('Enter');
  await expect(grid.cell(752, 'sponsors')).toHaveText('far down');
});

test('a change of one cell draws one row again', async ({ page }) => {
  const grid = await GridPage.open(page, { rows: 10_000 });
  const record = await grid.recordAt(4);
  await page.evaluate(() => {
    const counted = window as unknown as { touched: Set<string> };
    counted.touched = new Set();
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest('[data-record]')?.getAttribute('data-record');
        counted.touched.add(row ?? 'elsewhere');
      }
    });
    const body = document.querySelector('.grid-body');
    if (body !== null) {
      observer.observe(body, { subtree: true, childList: true, characterData: true });
    }
  });

  await grid.changeByOther([{ record, field: 'sponsors', value: 'Lynas' }]);
  await expect(grid.cell(4, 'sponsors')).toHaveText('Lynas');

  const touched = await page.evaluate(() => [
    ...(window as unknown as { touched: Set<string> }).touched,
  ]);
  expect(touched).toEqual([record]);
});

test('a header sorts, Shift adds, and ties and empty cells have their place', async ({ page }) => {
  const grid = await GridPage.open(page);

  await page.getByRole('columnheader', { name: 'Stage' }).getByRole('button').first().click();
  await expect(page.locator('[data-column="stage"]')).toHaveAttribute('aria-sort', 'ascending');
  await expect(grid.cell(1, 'stage')).toContainText('Commissioning');
  await page
    .getByRole('columnheader', { name: 'Project' })
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] });

  await expect(page.locator('.grid-head-place')).toHaveText(['2', '1']);
});

test('an edited row stays where it is until sorted again', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(3, 'name');

  await page.keyboard.type('Zzz');
  await page.keyboard.press('Enter');

  await expect(grid.cell(3, 'name')).toContainText('Zzz');
  await page.getByRole('button', { name: 'Sort again' }).click();
  await expect(grid.cell(312, 'name')).toBeHidden();
  await expect(grid.cell(3, 'name')).not.toContainText('Zzz');
  await page.keyboard.press('Control+End');
  await expect(grid.cell(312, 'name')).toContainText('Zzz');
});

test('a quick filter looks in every column, and what it hides can be cleared', async ({ page }) => {
  const grid = await GridPage.open(page);

  await page.getByRole('searchbox').fill('lofdal');
  await expect(page.locator('.grid-footer')).toContainText('of 312 rows');
  await expect(grid.cell(1, 'name')).toContainText('Lofdal');
  await page.getByRole('searchbox').fill('no such thing');
  await expect(page.getByRole('heading', { name: 'No record matches' })).toBeVisible();
  await page.locator('.grid-empty').getByRole('button', { name: 'Clear filters' }).click();

  await expect(page.locator('.grid-footer')).toContainText('312 rows');
});

test('a condition on a column is a chip; a row that stops matching stays while one is in it', async ({
  page,
}) => {
  const grid = await GridPage.open(page);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Column', { exact: true }).selectOption({ label: 'Stage' });
  await page.getByLabel('Value', { exact: true }).selectOption({ label: 'Construction' });
  await page.getByRole('button', { name: 'Add condition' }).click();
  await expect(page.locator('.grid-chip')).toHaveText('Stage is Construction');
  const count = await page.getByRole('grid').getAttribute('aria-rowcount');

  await grid.standIn(2, 'stage');
  await page.keyboard.type('oper');
  await page.keyboard.press('Tab');
  await expect(page.locator('.grid-row.is-unmatched')).toHaveCount(1);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', count ?? '');
  await page.keyboard.press('ArrowDown');

  await expect(page.locator('.grid-row.is-unmatched')).toHaveCount(0);
  await expect(page.getByRole('grid')).not.toHaveAttribute('aria-rowcount', count ?? '');
});

test('columns are resized, hidden and pinned, and that is remembered', async ({ page }) => {
  const grid = await GridPage.open(page);
  const handle = page.getByRole('separator', { name: 'Width of “Country”' });
  const box = await handle.boundingBox();
  if (box === null) throw new Error('no handle');
  await page.mouse.move(box.x + 4, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 64, box.y + 10);
  await page.mouse.up();
  await expect(handle).toHaveAttribute('aria-valuenow', '210');

  await grid.standIn(2, 'sponsors');
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Pin to the left' }).click();
  await expect(page.locator('[data-column="sponsors"]')).toHaveClass(/is-pinned/);
  await expect(grid.field).toBeFocused();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Materials' }).uncheck();
  await expect(page.locator('[data-column="materials"]')).toHaveCount(0);

  await page.reload();
  await expect(page.locator('[data-column="sponsors"]')).toHaveClass(/is-pinned/);
  await expect(page.locator('[data-column="materials"]')).toHaveCount(0);
  await expect(handle).toHaveAttribute('aria-valuenow', '210');
});

test('a column is resized with the arrow keys', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'country');
  await page.keyboard.press('Shift+F10');

  await page.getByRole('menuitem', { name: 'Change width with the arrow keys' }).click();
  const handle = page.getByRole('separator', { name: 'Width of “Country”' });
  await expect(handle).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');

  await expect(handle).toHaveAttribute('aria-valuenow', '166');
  await expect(grid.field).toBeFocused();
});

test('others are seen where they stand, and named while they type', async ({ page }) => {
  await GridPage.open(page, { peers: true });

  await expect(page.locator('.grid-peer-tab', { hasText: 'SW' })).toBeVisible();
  await expect(page.locator('.grid-peer-flag', { hasText: 'Aiko Tanaka' })).toBeVisible();
  await expect(page.locator('.grid-peer-flag', { hasText: 'Sarah Whitlam' })).toBeHidden();
});

test('Space and the button of a row open its record', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'country');
  const record = await grid.recordAt(2);

  await page.keyboard.press('Space');
  await grid.cell(3, 'name').hover();
  await page.locator('.grid-row[aria-rowindex="4"] .grid-open').click();

  const opened = await page.evaluate(
    () => (window as unknown as { harness: { opened: string[] } }).harness.opened,
  );
  expect(opened).toEqual([record, await grid.recordAt(3)]);
});

test('an empty register says what belongs there and offers the first step', async ({ page }) => {
  const grid = await GridPage.open(page, { rows: 0 });
  await expect(page.getByText('Projects that the task force follows or finances')).toBeVisible();

  await page.locator('.grid-empty').getByRole('button', { name: 'New project' }).click();
  await page.keyboard.type('The first');
  await page.keyboard.press('Enter');

  await expect(grid.cell(1, 'name')).toContainText('The first');
});
