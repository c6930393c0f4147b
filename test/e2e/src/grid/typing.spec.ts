/** Typing into cells: over them, into them, with an input method, and what happens to text that does not fit. */
import { expect, test } from '@playwright/test';
import { GridPage, InputMethod } from './grid-page.ts';

test('typing over a cell replaces its value, and Enter goes down', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');

  await page.keyboard.type('Iluka');
  await page.keyboard.press('Enter');

  await expect(grid.cell(2, 'sponsors')).toHaveText('Iluka');
  await grid.expectActive(3, 'sponsors');
  const [act] = await grid.acts();
  expect(act?.edits).toEqual([
    { record: await grid.recordAt(2), field: 'sponsors', value: 'Iluka' },
  ]);
});

test('Enter opens with the old value, Tab commits and goes right, Esc reverts', async ({
  page,
}) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');
  const before = await grid.cell(2, 'sponsors').innerText();

  await page.keyboard.press('Enter');
  await expect(grid.field).toHaveValue(before);
  await page.keyboard.type(' Ltd');
  await page.keyboard.press('Tab');
  await expect(grid.cell(2, 'sponsors')).toHaveText(`${before} Ltd`);
  await grid.expectActive(2, 'status');

  await grid.standIn(2, 'sponsors');
  await page.keyboard.press('F2');
  await page.keyboard.type(' never');
  await page.keyboard.press('Escape');
  await expect(grid.cell(2, 'sponsors')).toHaveText(`${before} Ltd`);
  expect(await grid.acts()).toHaveLength(1);
});

test('a double click opens a cell, and an unchanged one sends nothing', async ({ page }) => {
  const grid = await GridPage.open(page);

  await grid.cell(3, 'sponsors').dblclick();
  await expect(page.locator('.grid-editor')).toHaveAttribute('data-editing', 'true');
  await page.keyboard.press('Enter');

  await expect(page.locator('.grid-editor')).toHaveAttribute('data-editing', 'false');
  expect(await grid.acts()).toHaveLength(0);
});

test('Japanese composed over a cell keeps every character', async ({ page }) => {
  const grid = await GridPage.open(page, { lang: 'ja' });
  const method = await InputMethod.of(page);
  await grid.standIn(5, 'sponsors');

  for (const composed of ['お', 'おお', 'おおが', '大垣', '大垣ごうきん']) {
    await method.compose(composed);
  }
  await expect(grid.field).toHaveValue('大垣ごうきん');
  await method.settle('大垣合金');
  await expect(page.locator('.grid-editor')).toHaveAttribute('data-editing', 'true');
  await grid.expectActive(5, 'sponsors');
  await page.keyboard.press('Enter');

  await expect(grid.cell(5, 'sponsors')).toHaveText('大垣合金');
  await grid.expectActive(6, 'sponsors');
});

test('Japanese composed in an opened cell is added to its text', async ({ page }) => {
  const grid = await GridPage.open(page);
  const method = await InputMethod.of(page);
  await grid.standIn(5, 'sponsors');
  const before = await grid.cell(5, 'sponsors').innerText();

  await page.keyboard.press('F2');
  await method.compose('にほん');
  await method.settle('日本');
  await page.keyboard.press('Enter');

  await expect(grid.cell(5, 'sponsors')).toHaveText(`${before}日本`);
});

test('a change by another person while one composes does not touch the text', async ({ page }) => {
  const grid = await GridPage.open(page);
  const method = await InputMethod.of(page);
  await grid.standIn(5, 'sponsors');
  const record = await grid.recordAt(5);

  await method.compose('とよ');
  await grid.changeByOther([{ record, field: 'sponsors', value: 'Lynas' }]);

  await expect(grid.field).toHaveValue('とよ');
  await expect(page.getByText('Another person changed this to “Lynas”.')).toBeVisible();
  await method.settle('豊田');
  await page.keyboard.press('Enter');
  await expect(grid.cell(5, 'sponsors')).toHaveText('豊田');
});

test('clicking elsewhere while composing keeps what was composed', async ({ page }) => {
  const grid = await GridPage.open(page);
  const method = await InputMethod.of(page);
  await grid.standIn(5, 'sponsors');

  await method.compose('東京');
  await grid.cell(8, 'sponsors').click();

  await expect(grid.cell(5, 'sponsors')).toHaveText('東京');
  await grid.expectActive(8, 'sponsors');
  await expect(grid.field).toBeFocused();
});

test('full-width digits are numbers', async ({ page }) => {
  const grid = await GridPage.open(page, { register: 'measure' });
  await grid.standIn(1, 'amount');

  await page.keyboard.insertText('－１２３.５');
  await page.keyboard.press('Enter');

  await expect(grid.cell(1, 'amount')).toHaveText('−123.5');
});

test('what does not parse says why, keeps the text and sends nothing', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'statusAsOf');

  await page.keyboard.type('spring 27');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('alert')).toContainText('This must be a date');
  await expect(grid.field).toHaveValue('spring 27');
  await expect(grid.field).toBeFocused();
  expect(await grid.acts()).toHaveLength(0);

  await grid.cell(9, 'sponsors').click();
  await expect(grid.field).toHaveValue('spring 27');

  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await grid.expectActive(2, 'statusAsOf');
});

test('a date is typed as it is known', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'statusAsOf');

  await page.keyboard.type('2027 q1');
  await page.keyboard.press('Enter');

  await expect(grid.cell(2, 'statusAsOf')).toHaveText('2027-Q1');
});

test('a quantity may be withheld, a bound or a band', async ({ page }) => {
  const grid = await GridPage.open(page, { register: 'measure' });
  await grid.standIn(1, 'quantity');

  for (const typed of ['W', '>95', '50-100', '1200 kg/yr']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }

  await expect(grid.cell(1, 'quantity')).toHaveText('withheld');
  await expect(grid.cell(2, 'quantity')).toHaveText('>95 t/yr');
  await expect(grid.cell(3, 'quantity')).toHaveText('50–100 t/yr');
  await expect(grid.cell(4, 'quantity')).toHaveText('1,200 kg/yr');
});

test('Alt+Enter begins a line in a text of many lines', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'status');

  await page.keyboard.type('first');
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.type('second');
  await page.keyboard.press('Enter');

  const [act] = await grid.acts();
  expect(act?.edits[0]?.value).toBe('first\nsecond');
});

test('in Japanese, the Japanese side is shown and written', async ({ page }) => {
  const grid = await GridPage.open(page, { lang: 'ja' });
  await grid.standIn(1, 'name');
  const record = await grid.recordAt(1);

  await page.keyboard.insertText('南鳥島');
  await page.keyboard.press('Enter');

  expect((await grid.acts())[0]?.edits).toEqual([{ record, field: 'nameJa', value: '南鳥島' }]);
});

test('a cell that may not be edited opens nothing and says who may', async ({ page }) => {
  const grid = await GridPage.open(page, { reader: true });
  await grid.standIn(2, 'sponsors');
  const before = await grid.cell(2, 'sponsors').innerText();
  await expect(page.locator('.grid-footer')).toContainText(
    'Only editors of Japan may change this.',
  );

  await page.keyboard.type('mine');

  await expect(page.getByRole('alert')).toContainText('Ask editors of Japan.');
  await expect(page.locator('.grid-editor')).toHaveAttribute('data-editing', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(grid.cell(2, 'sponsors')).toHaveText(before);
});

test('what is said at the right edge can be read', async ({ page }) => {
  const grid = await GridPage.open(page, { reader: true });
  await grid.standIn(2, 'status');

  await page.keyboard.type('x');

  const said = await page.getByRole('alert').boundingBox();
  expect((said?.x ?? 0) + (said?.width ?? 0)).toBeLessThan(1440);
});
