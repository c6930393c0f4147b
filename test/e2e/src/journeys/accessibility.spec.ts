/** axe finds nothing: sign-in, pipeline and record, light and dark, English and Japanese. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { looks } from '../support/looks.ts';
import { newContext, test } from '../support/workspace.ts';

/** @param part a selector: what is around it has been looked at already */
async function expectNothing(page: Page, part = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include(part)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  );

  expect(found).toEqual([]);
}

for (const { scheme, language } of looks) {
  test(`${scheme}, ${language}`, async ({ browser, product, signIn }) => {
    const context = await newContext(browser, product, { language, scheme });
    const signInPage = await context.newPage();
    await signInPage.goto('/');
    await signInPage.locator('input[autocomplete="username"]').waitFor();
    await expectNothing(signInPage);
    await context.close();

    const { page } = await signIn('jpn.editor', { language, scheme });
    await expectNothing(page);
    await page.goto('/registers/project/nolans');
    await page.locator('main ~ aside').waitFor();
    await expectNothing(page, 'main ~ aside');
  });
}
