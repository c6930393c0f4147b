/** Ranges, copying, pasting, clearing, undoing, making and archiving rows. */
import { expect, test } from '@playwright/test';
import { GridPage } from './grid-page.ts';

test('a block from a spreadsheet is pasted as one act and undone as one', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');
  const before = await grid.cell(3, 'sponsors').innerText();

  await grid.paste('Iluka\t"Two\nlines"\t2027-Q1\r\nLynas\tOne ""line""\t2028\r\n');

  const acts = await grid.acts();
  expect(acts).toHaveLength(1);
  expect(acts[0]?.edits.map(({ value }) => value)).toEqual([
    'Iluka',
    'Two\nlines',
    '2027-Q1',
    'Lynas',
    'One ""line""',
    '2028',
  ]);
  await page.keyboard.press('Control+z');
  await expect(grid.cell(3, 'sponsors')).toHaveText(before);
  await page.keyboard.press('Control+Shift+z');
  await expect(grid.cell(3, 'sponsors')).toHaveText('Lynas');
});

test('what cannot be pasted is listed, and the rest is pasted', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');

  await grid.paste('Iluka\tfine\tspring\nLynas\tfine\t2028');

  await expect(page.getByText('1 of 6 cells was not pasted:')).toBeVisible();
  await expect(page.getByRole('listitem')).toContainText(
    'Row 2, Status as of, “spring”: This must be a date',
  );
  await expect(grid.cell(3, 'statusAsOf')).toHaveText('2028');
  expect((await grid.acts())[0]?.edits).toHaveLength(5);
});

test('one value fills everything that is marked', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');

  await grid.paste('Iluka');

  for (const row of [2, 3, 4]) await expect(grid.cell(row, 'sponsors')).toHaveText('Iluka');
  expect(await grid.acts()).toHaveLength(1);
});

test('pasting past the last row makes rows', async ({ page }) => {
  const grid = await GridPage.open(page, { rows: 3 });
  await grid.standIn(3, 'name');

  await grid.paste('Last one\tJapan\nFirst new\tAustralia\nSecond new\tJPN');

  await expect(page.getByText('5 rows')).toBeVisible();
  await expect(grid.cell(4, 'name')).toContainText('First new');
  await expect(grid.cell(5, 'country')).toContainText('Japan');
  const [act] = await grid.acts();
  expect(act?.created).toHaveLength(2);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('3 rows')).toBeVisible();
});

test('a row without what it needs is not made, and that is said', async ({ page }) => {
  const grid = await GridPage.open(page, { rows: 3 });
  await grid.standIn(3, 'sponsors');

  await grid.paste('Iluka\nNobody');

  await expect(page.getByRole('listitem')).toContainText('A new row needs a value in: Project.');
  await expect(page.getByText('3 rows')).toBeVisible();
});

test('copying gives what pasting takes', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'country');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  const copied = await grid.copied();
  expect(copied.split('\n').map((line) => line.split('\t').length)).toEqual([2, 2]);

  await grid.standIn(6, 'country');
  await grid.paste(copied);

  const [first] = copied.split('\n')[0]?.split('\t') ?? [];
  await expect(grid.cell(6, 'country')).toContainText(first ?? '?');
  await expect(page.locator('.grid-notice')).toBeEmpty();
});

test('Ctrl+C, Ctrl+X and Ctrl+V work with the real clipboard', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');
  const value = await grid.cell(2, 'sponsors').innerText();

  await page.keyboard.press('Control+c');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+v');
  await expect(grid.cell(3, 'sponsors')).toHaveText(value);
  await page.keyboard.press('Control+x');
  await expect(grid.cell(3, 'sponsors')).toHaveText('');
  await page.keyboard.press('Control+Home');
  await grid.standIn(5, 'sponsors');
  await page.keyboard.press('Control+v');

  await expect(grid.cell(5, 'sponsors')).toHaveText(value);
});

test('dragging marks a block, and the footer adds it up', async ({ page }) => {
  const grid = await GridPage.open(page, { register: 'measure' });

  await grid.cell(1, 'amount').hover();
  await page.mouse.down();
  await grid.cell(4, 'quantity').hover();
  await page.mouse.up();

  await expect(page.locator('.grid-footer')).toContainText('4 × 2 selected');
  await expect(page.locator('.grid-cell.is-in-block')).toHaveCount(8);
});

test('a press on the row number marks the row, Ctrl+A everything', async ({ page }) => {
  const grid = await GridPage.open(page);
  await page
    .locator('.grid-number')
    .nth(2)
    .click({ position: { x: 44, y: 16 } });
  await expect(page.locator('.grid-footer')).toContainText('1 × ');

  await grid.standIn(2, 'sponsors');
  await page.keyboard.press('Control+a');
  await expect(page.locator('.grid-footer')).toContainText('312 × ');
});

test('Delete clears what is marked, and says what it may not', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'name');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');

  await page.keyboard.press('Delete');

  await expect(grid.cell(2, 'stage')).toHaveText('');
  await expect(page.locator('.grid-notice')).toContainText('This field cannot be empty.');
  await expect(grid.cell(2, 'name')).not.toHaveText('');
});

test('undoing what another person has changed since asks first', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(2, 'sponsors');
  const before = await grid.cell(2, 'sponsors').innerText();
  const record = await grid.recordAt(2);
  await page.keyboard.type('Iluka');
  await page.keyboard.press('Enter');
  await grid.changeByOther([{ record, field: 'sponsors', value: 'Lynas' }]);

  await page.keyboard.press('Control+z');
  await expect(page.locator('.grid-notice')).toContainText(
    `to “Iluka”; someone has changed it since, to “Lynas”. Nothing was undone. Undoing would bring back “${before}”.`,
  );
  await expect(grid.cell(2, 'sponsors')).toHaveText('Lynas');
  await page.getByRole('button', { name: 'Undo anyway' }).click();

  await expect(grid.cell(2, 'sponsors')).toHaveText(before);
  await grid.expectActive(2, 'sponsors');
});

test('a new row is made below where one stands, once it has its title', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(4, 'sponsors');

  await page.keyboard.press('Control+Enter');
  await grid.expectActive(5, 'name');
  expect(await grid.acts()).toHaveLength(0);
  await page.keyboard.type('A new mine');
  await page.keyboard.press('Tab');

  await expect(grid.cell(5, 'name')).toContainText('A new mine');
  await grid.expectActive(5, 'country');
  const [act] = await grid.acts();
  expect(act?.created?.[0]?.fields).toEqual({ name: 'A new mine' });
  await expect(page.getByRole('button', { name: 'Sort again' })).toBeVisible();
  await page.getByRole('button', { name: 'Sort again' }).click();
  await expect(grid.cell(1, 'name')).toContainText('A new mine');
});

test('a new row that nobody filled goes as it came', async ({ page }) => {
  const grid = await GridPage.open(page, { rows: 3 });
  await grid.standIn(1, 'name');

  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.grid-row')).toHaveCount(4);
  await expect(page.getByText('3 rows')).toBeVisible();
  await page.keyboard.press('Escape');

  await expect(page.locator('.grid-row')).toHaveCount(3);
  expect(await grid.acts()).toHaveLength(0);
});

test('archived rows are counted, and come back where they stood', async ({ page }) => {
  const grid = await GridPage.open(page);
  await grid.standIn(3, 'name');
  const title = await grid.cell(3, 'name').innerText();
  await page.keyboard.press('Shift+ArrowDown');

  await page.keyboard.press('Control+Delete');
  await expect(page.locator('.grid-notice')).toContainText('Archived 2 records.');
  await expect(page.getByText('310 rows')).toBeVisible();
  await page.locator('.grid-notice').getByRole('button', { name: 'Undo' }).click();

  await expect(page.getByText('312 rows')).toBeVisible();
  await expect(grid.cell(3, 'name')).toHaveText(title);
});
