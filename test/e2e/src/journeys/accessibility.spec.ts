/** axe finds nothing: sign-in, pipeline and record, light and dark, English and Japanese. */
import { expectAccessible } from '../support/accessible.ts';
import { looks } from '../support/looks.ts';
import { newContext, test } from '../support/workspace.ts';

for (const { scheme, language } of looks) {
  test(`${scheme}, ${language}`, async ({ browser, product, signIn }) => {
    const context = await newContext(browser, product, { language, scheme });
    const signInPage = await context.newPage();
    await signInPage.goto('/');
    await signInPage.locator('input[autocomplete="username"]').waitFor();
    await expectAccessible(signInPage, 'html');
    await context.close();

    const { page } = await signIn('jpn.editor', { language, scheme });
    await expectAccessible(page, 'html');
    await page.goto('/registers/project/nolans');
    await page.locator('main ~ aside').waitFor();
    await expectAccessible(page, 'main ~ aside');
  });
}
