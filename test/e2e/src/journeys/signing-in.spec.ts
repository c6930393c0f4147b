/** Signing in and out. */
import { expect } from '@playwright/test';
import { fillSignIn, newContext, test } from '../support/workspace.ts';
import { PipelinePage } from '../support/pipeline-page.ts';

test('a wrong password and an unknown account get the same words', async ({ browser, product }) => {
  const context = await newContext(browser, product);
  const page = await context.newPage();
  await page.goto('/');

  const messages: string[] = [];
  for (const account of ['usa.editor', 'nobody.of.this.name']) {
    await fillSignIn(page, account, 'wrong');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The e-mail address or the password is not right.');
    messages.push(await alert.innerText());
    await page.reload();
  }

  expect(messages[0]).toBe(messages[1]);
  await context.close();
});

test('a person comes to where he was going, and out again', async ({
  browser,
  product,
  signIn,
}) => {
  const context = await newContext(browser, product);
  const page = await context.newPage();
  await page.goto('/registers/material');
  await fillSignIn(page, 'jpn.approver', (await import('@lodestone/test-support')).samplePassword);
  await expect(page).toHaveURL(/\/registers\/material$/);
  await page.getByRole('grid').waitFor();
  await page.getByRole('complementary').locator('[aria-haspopup="menu"]').click();
  await page.getByRole('menuitem', { name: /Sign out|サインアウト/ }).click();

  await expect(page.locator('input[autocomplete="current-password"]')).toBeVisible();
  await context.close();
  const { page: other } = await signIn('usa.editor');
  await new PipelinePage(other).expectSaved();
});
