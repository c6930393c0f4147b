/** Cells whose values are listed: one value, sets, yes and no. */
import { expect, test } from '@playwright/test';
import { GridPage, InputMethod } from './grid-page.ts';

test('typing narrows the list, and Enter takes the highlighted value', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'stage');

  await page.keyboard.type('fea');
  const list = page.getByRole('listbox');
  await expect(list.getByRole('option')).toHaveText(['Feasibility', 'Pre-feasibility']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(grid.cell(2, 'stage')).toContainText('Pre-feasibility');
  await expect(list).toHaveCount(0);
  await grid.expectActive(3, 'stage');
});

test('a reference is found by its name in either language, by an input method too', async ({
  page,
}) => {
  const grid = await GridPage.open(page);
  const method = await InputMethod.of(page);
  await grid.standIn(2, 'country');

  await method.compose('豪');
  await expect(page.getByRole('option')).toHaveText(['AUSAustralia']);
  await method.settle('豪州');
  await page.keyboard.press('Enter');

  await expect(grid.cell(2, 'country')).toContainText('Australia');
});

test('what is in no list stays in the cell, with the reason', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'country');

  await page.keyboard.type('Atlantis');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('alert')).toContainText('Nothing here is called “Atlantis”.');
  await expect(grid.field).toHaveValue('Atlantis');
  expect(await grid.acts()).toHaveLength(0);
});

test('a set is ticked with the keyboard and committed as one', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(1, 'materials');
  const record = await grid.recordAt(1);
  const before = await page.locator('.grid-cell.is-active .grid-tag').allInnerTexts();

  await page.keyboard.type('gall');
  await page.keyboard.press('Enter');
  await expect(grid.field).toHaveValue('');
  await page.keyboard.press('Enter');

  const [act] = await grid.acts();
  expect(act?.edits[0]).toMatchObject({ record, field: 'materials' });
  expect(act?.edits[0]?.value).toContain('ga');
  expect(act?.edits[0]?.value).toHaveLength(before.length + 1);
  await grid.expectActive(2, 'materials');
});

test('Space ticks and unticks, Esc reverts', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(1, 'parties');
  await page.keyboard.press('Enter');
  const first = page.getByRole('option').first();
  const was = await first.getAttribute('aria-selected');

  await page.keyboard.press('Space');
  await expect(first).toHaveAttribute('aria-selected', was === 'true' ? 'false' : 'true');
  await page.keyboard.press('Escape');

  await expect(page.getByRole('listbox')).toHaveCount(0);
  expect(await grid.acts()).toHaveLength(0);
});

test('an option is taken with the pointer, and the keyboard stays in the grid', async ({
  page,
}) => {
  const grid = await GridPage.open(page);
  await grid.cell(2, 'state').dblclick();

  await page.getByRole('option', { name: 'On hold' }).click();

  await expect(grid.cell(2, 'state')).toHaveText('On hold');
  await expect(grid.field).toBeFocused();
});

test('Space turns yes and no', async ({ page }) => {
  const grid = await GridPage.open(page, { register: 'measure' });
  await grid.standIn(1, 'done');
  const before = await grid.cell(1, 'done').innerText();

  await page.keyboard.press('Space');

  await expect(grid.cell(1, 'done')).toHaveText(before === 'yes' ? 'no' : 'yes');
});

test('the list of a cell at the foot of the screen opens above it', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(1, 'stage');
  await page.keyboard.press('Control+ArrowDown');

  await page.keyboard.press('Enter');

  const list = await page.getByRole('listbox').boundingBox();
  const cell = await grid.active.boundingBox();
  expect((list?.y ?? 0) + (list?.height ?? 0)).toBeLessThanOrEqual(cell?.y ?? 0);
});
