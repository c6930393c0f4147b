/** What the server does not accept is not lost: it waits, with the reason, until its author has decided. */
import { expect, type Page } from '@playwright/test';
import { expectAccessibleInBoth } from '../support/accessible.ts';
import { AttentionPanel } from '../support/attention-panel.ts';
import { HeldSocket } from '../support/held-socket.ts';
import { PipelinePage } from '../support/pipeline-page.ts';
import { testOnDatabase as test } from '../support/workspace.ts';

const english = { language: 'en', scheme: 'light' } as const;
const nolans = 'Nolans project';

test('edits refused for lost rights wait with value, reason and remedy, also after a reload', async ({
  database,
  signIn,
}) => {
  test.setTimeout(90_000);
  const [usa, jpn] = [await signIn('usa.editor', english), await signIn('jpn.editor', english)];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];
  const attention = new AttentionPanel(usa.page);
  const socket = await HeldSocket.of(usa.page);
  const sponsors = await left.text('nolans', 'sponsors').innerText();

  // He is an observer now, and his screen does not know it yet.
  socket.hold();
  await database.giveRoles('usa.editor', ['observer']);
  await left.type('nolans', 'sponsors', 'Arafura and others');
  await left.standIn('nolans', 'status');
  await left.paste('Pasted status\t2027-Q4');
  socket.release();
  await expect(left.text('nolans', 'sponsors')).toHaveText(sponsors);
  await expect(left.cell('nolans', 'sponsors')).toHaveClass(/is-refused/);
  await usa.page.reload();
  await attention.open('Not accepted (2)');

  const single = attention.item(nolans).filter({ hasText: 'Sponsors' });
  await expect(single).toContainText('Arafura and others');
  await expect(single).toContainText(sponsors);
  await expect(single).toContainText('Only editors of Australia, Japan, or United States may');
  await expect(single).toContainText('Ask editors of your own party.');
  await single.getByRole('button', { name: 'Copy', exact: true }).click();
  expect(await copied(usa.page)).toBe('Arafura and others');

  const act = attention.panel
    .getByRole('listitem')
    .filter({ hasText: '2 cells changed in one action' });
  await act.getByRole('button', { name: 'Copy all' }).click();
  expect(await copied(usa.page)).toBe(
    `Project pipeline\tStatus\tStatus as of\n${nolans}\tPasted status\t2027-Q4`,
  );
  await act.getByRole('button', { name: 'Show 2 cells' }).click();
  await expect(act.getByRole('listitem')).toHaveCount(2);

  // Several are only discarded after a question; one of them goes at once.
  await act.getByRole('button', { name: 'Discard all' }).click();
  await expect(act).toContainText('Discard 2 values of yours?');
  await act.getByRole('button', { name: 'Keep them' }).click();
  await act.getByRole('listitem').last().getByRole('button', { name: 'Discard' }).click();
  await expect(attention.item(nolans).filter({ hasText: 'Pasted status' })).toBeVisible();
  await expect(attention.panel).not.toContainText('2027-Q4');

  // His rights come back while he looks: what was refused can be sent.
  await database.giveRoles('usa.editor', ['editor']);
  await expect(single).toContainText('You may make this change now: send it again.');
  await single.getByRole('button', { name: 'Send again' }).click();
  await attention.panel.getByRole('button', { name: 'Discard' }).click();
  await expect(attention.panel).toContainText('Nothing needs your attention.');
  await attention.close();
  await left.expectSaved();
  await expect(right.text('nolans', 'sponsors')).toHaveText('Arafura and others');
  await expect(right.text('nolans', 'status')).not.toHaveText('Pasted status');
});

test('who returns after ten seconds finds his late edit beside what stands, and may still use his; axe finds nothing', async ({
  signIn,
}) => {
  test.setTimeout(120_000);
  const [usa, jpn] = [await signIn('usa.editor', english), await signIn('jpn.editor', english)];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];
  const attention = new AttentionPanel(jpn.page);

  await jpn.context.setOffline(true);
  await expect(right.saveState).toHaveText('Offline');
  await right.type('longonjo', 'sponsors', 'Typed offline in Tokyo');
  await right.type('longonjo', 'status', 'Also offline');
  await expect(right.saveState).toHaveText('Offline (2 edits kept on this device)');
  await left.type('longonjo', 'sponsors', 'Typed in Washington');
  await left.type('longonjo', 'status', 'Also in Washington');
  await left.expectSaved();
  const committed = Date.now();
  await expect.poll(() => Date.now() - committed, { timeout: 15_000 }).toBeGreaterThan(10_500);
  await jpn.context.setOffline(false);
  await expect(jpn.page.getByRole('button', { name: 'Not accepted (2)' })).toBeVisible();
  await expect(right.text('longonjo', 'sponsors')).toHaveText('Typed in Washington');

  await expectNothingInBothLanguages(attention);
  await attention.open('Not accepted (2)');
  const values = (field: string) =>
    attention.panel.getByRole('list', { name: `Values of “${field}” of Longonjo` });
  await expect(values('Sponsors').getByRole('listitem').first()).toContainText(
    /You.*Typed offline in Tokyo/s,
  );
  await expect(values('Sponsors').getByRole('listitem').last()).toContainText(
    /Emily Carter \(USA\).*Stands now.*Typed in Washington/s,
  );
  await values('Sponsors').getByRole('button', { name: 'Use mine' }).click();
  await values('Status').getByRole('button', { name: 'Keep theirs' }).click();
  await expect(attention.panel).toContainText('Nothing needs your attention.');
  await attention.close();

  for (const grid of [left, right]) {
    await expect(grid.text('longonjo', 'sponsors')).toHaveText('Typed offline in Tokyo');
    await expect(grid.text('longonjo', 'status')).toHaveText('Also in Washington');
  }
});

async function copied(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText());
}

async function expectNothingInBothLanguages({ page }: AttentionPanel): Promise<void> {
  for (const [language, button] of [
    ['日本語', /受理されませんでした/],
    ['EN', /Not accepted/],
  ] as const) {
    await page.getByText(language, { exact: true }).first().click();
    await page.getByRole('button', { name: button }).click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByRole('listitem').first()).toBeVisible();
    await expectAccessibleInBoth(page, '[role="dialog"]');
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  }
}
