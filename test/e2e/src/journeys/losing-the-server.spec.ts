/** The server dies, the database stays, the network goes: what was typed is there. */
import { expect } from '@playwright/test';
import { PipelinePage } from '../support/pipeline-page.ts';
import { test } from '../support/workspace.ts';

test('kill -9 right after "Saved" loses nothing; an open browser comes back by itself with what it had not saved', async ({
  signIn,
  product,
}) => {
  test.setTimeout(120_000);
  const [usa, jpn] = [await signIn('usa.editor'), await signIn('jpn.editor')];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];

  await left.type('lofdal', 'sponsors', 'Saved before the kill');
  await left.expectSaved();
  await product.kill9();
  await expect(left.saveState).toHaveText(/^Offline/);
  await left.type('lofdal', 'status', 'Typed while it was down');
  await expect(left.saveState).toHaveText('Offline (1 edit kept on this device)');
  await product.startAgain();

  await left.expectSaved();
  await expect(right.text('lofdal', 'sponsors')).toHaveText('Saved before the kill');
  await expect(right.text('lofdal', 'status')).toHaveText('Typed while it was down');
  await jpn.page.reload();
  await expect(right.text('lofdal', 'sponsors')).toHaveText('Saved before the kill');
  await expect(right.text('lofdal', 'status')).toHaveText('Typed while it was down');
});

test('what was typed offline survives closing the tab', async ({ signIn, product }) => {
  test.setTimeout(120_000);
  const usa = await signIn('usa.editor');
  const left = new PipelinePage(usa.page);
  await expect(left.cell('longonjo', 'sponsors')).toBeVisible();

  await product.kill9();
  await left.type('longonjo', 'sponsors', 'Typed before the tab was closed');
  await expect(left.saveState).toHaveText('Offline (1 edit kept on this device)');
  await usa.page.close();
  await product.startAgain();
  const page = await usa.context.newPage();
  await page.goto('/');

  const again = new PipelinePage(page);
  await expect(again.text('longonjo', 'sponsors')).toHaveText('Typed before the tab was closed');
  await again.expectSaved();
});

test('a session that ends is told, and keeps what was typed until the same person signs in again', async ({
  signIn,
}) => {
  const usa = await signIn('aus.editor');
  const pipeline = new PipelinePage(usa.page);
  await pipeline.expectSaved();
  const other = await usa.context.newPage();
  await other.goto('/');
  await other.getByRole('grid').waitFor();

  const ended = await other.evaluate(async () => {
    const { csrfToken } = (await (await fetch('/api/me')).json()) as { csrfToken: string };

    return (
      await fetch('/api/session', { method: 'DELETE', headers: { 'x-csrf-token': csrfToken } })
    ).status;
  });

  expect(ended).toBe(204);
  await expect(usa.page.getByText('Your session has ended.').first()).toBeVisible();
});

test('an unknown address has its own calm screen', async ({ signIn }) => {
  const { page } = await signIn('usa.editor');

  await page.goto('/registers/nothing-of-this-name');

  await expect(
    page.getByRole('heading', { name: 'There is nothing at this address' }),
  ).toBeVisible();
});
