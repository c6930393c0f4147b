/** The database goes and comes back under two editors: a calm banner, everything typed is kept, and it heals by itself. */
import { expect } from '@playwright/test';
import { PipelinePage } from '../support/pipeline-page.ts';
import { testOnDatabase as test } from '../support/workspace.ts';

const english = { language: 'en', scheme: 'light' } as const;

test('while the database is away the workspace is read only, and what is typed lands afterwards', async ({
  database,
  signIn,
}) => {
  test.setTimeout(120_000);
  const [usa, jpn] = [await signIn('usa.editor', english), await signIn('jpn.editor', english)];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];
  for (const { page } of [usa, jpn]) {
    await page.evaluate(() => {
      document.body.dataset['loaded'] = 'once';
    });
  }

  const outage = await database.keepDown();
  await left.type('aclara-carina', 'sponsors', 'Typed while the database was down');
  await right.type('aclara-carina', 'status', 'Typed in Tokyo meanwhile');
  for (const { page } of [usa, jpn]) {
    await expect(page.getByText('The workspace is read only for the moment').first()).toContainText(
      '1 edit is kept on this device',
    );
  }
  await expect(left.saveState).toHaveText('Read only (1 edit kept on this device)');
  await outage.release();

  for (const grid of [left, right]) {
    await expect(grid.saveState).toHaveText('Saved', { timeout: 30_000 });
    await expect(grid.text('aclara-carina', 'sponsors')).toHaveText(
      'Typed while the database was down',
    );
    await expect(grid.text('aclara-carina', 'status')).toHaveText('Typed in Tokyo meanwhile');
    await expect(grid.page.getByText('The workspace is read only')).toHaveCount(0);
    await expect(grid.page.locator('body')).toHaveAttribute('data-loaded', 'once');
  }
});
