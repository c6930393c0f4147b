/** Two editors type into one cell within a second: both are told, both see both values, and either can be chosen. */
import { expect } from '@playwright/test';
import { expectAccessibleInBoth } from '../support/accessible.ts';
import { AttentionPanel } from '../support/attention-panel.ts';
import { HeldSocket } from '../support/held-socket.ts';
import { PipelinePage } from '../support/pipeline-page.ts';
import { test } from '../support/workspace.ts';

const english = { language: 'en', scheme: 'light' } as const;
const eneabba = 'Eneabba rare earths refinery';
const typed = { usa: 'From Washington', jpn: 'From Tokyo' } as const;

test('both are told, see both values with their authors until they have chosen, and end with the same', async ({
  signIn,
}) => {
  const [usa, jpn] = [await signIn('usa.editor', english), await signIn('jpn.editor', english)];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];
  const [mine, theirs] = [new AttentionPanel(usa.page), new AttentionPanel(jpn.page)];
  const sockets = [await HeldSocket.of(usa.page), await HeldSocket.of(jpn.page)];

  for (const socket of sockets) socket.hold();
  await left.type('eneabba', 'sponsors', typed.usa);
  await right.type('eneabba', 'sponsors', typed.jpn);
  for (const socket of sockets) socket.release();

  for (const { notice } of [mine, theirs]) {
    await expect(notice).toContainText(`and you changed “Sponsors” of ${eneabba} at the same time`);
  }
  for (const grid of [left, right]) {
    await expect(grid.cell('eneabba', 'sponsors')).toHaveClass(/is-conflict/);
  }
  const kept = await left.text('eneabba', 'sponsors').innerText();
  await expect(right.text('eneabba', 'sponsors')).toHaveText(kept);
  expect(Object.values(typed)).toContain(kept);

  // It waits for both, also over a reload.
  await jpn.page.reload();
  await expect(jpn.page.getByRole('button', { name: '1 conflict' })).toBeVisible();
  await mine.notice.getByRole('button', { name: 'Show both values' }).click();
  await expect(mine.side(eneabba, /^You/)).toContainText(typed.usa);
  await expect(mine.side(eneabba, '佐藤 由紀 (JPN)')).toContainText(typed.jpn);
  await expect(mine.side(eneabba, 'Stands now')).toHaveCount(1);
  await expect(mine.side(eneabba, 'Stands now')).toContainText(kept);

  // One chooses the value that lost; everybody has it, and he is asked no more.
  const lost = kept === typed.usa ? typed.jpn : typed.usa;
  await mine.side(eneabba, lost).getByRole('button', { name: /^Use / }).click();
  await expect(mine.panel).toContainText('Nothing needs your attention.');
  await mine.close();
  for (const grid of [left, right]) {
    await expect(grid.text('eneabba', 'sponsors')).toHaveText(lost);
  }
  await expect(left.cell('eneabba', 'sponsors')).not.toHaveClass(/is-conflict/);

  // The other one leaves it at that, where he reads the record.
  await jpn.page.goto('/registers/project/eneabba');
  const field = jpn.page.locator('main ~ aside [data-field="sponsors"]');
  await expect(field).toContainText('Emily Carter (USA) and you changed this at the same time.');
  await field.getByRole('button', { name: /^Keep / }).click();
  await expect(field).not.toContainText('at the same time');
  await jpn.page.reload();
  await right.expectSaved();
  await expect(right.text('eneabba', 'sponsors')).toHaveText(lost);
  await expect(jpn.page.getByRole('button', { name: /conflict/ })).toHaveCount(0);
});

test('many conflicts at once are one sentence, and what nobody disputes is none; axe finds nothing', async ({
  signIn,
}) => {
  const [usa, jpn] = [await signIn('usa.editor', english), await signIn('jpn.editor', english)];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];
  const [mine, theirs] = [new AttentionPanel(usa.page), new AttentionPanel(jpn.page)];
  const sockets = [await HeldSocket.of(usa.page), await HeldSocket.of(jpn.page)];
  await left.standIn('lofdal', 'sponsors');
  await right.standIn('lofdal', 'sponsors');

  for (const socket of sockets) socket.hold();
  await left.paste('Washington\tOne status\t2027-01');
  await right.paste('Tokyo\tAnother status\t2027-01');
  for (const socket of sockets) socket.release();

  await expect(mine.notice).toContainText('Others and you changed 2 cells at the same time.');
  await expect(theirs.notice).toContainText('Others and you changed 2 cells at the same time.');
  await expectAccessibleInBoth(usa.page, '[aria-label="Changed at the same time"]');
  await expectAccessibleInBoth(usa.page, '[data-record="lofdal"]');
  await mine.open('2 conflicts');
  await expectAccessibleInBoth(usa.page, '[role="dialog"]');
  await expect(mine.panel.getByRole('heading', { level: 3 })).toHaveText(
    '2 cells changed at the same time',
  );

  // By keyboard alone, one after the other; the newest first is remembered as well.
  for (const field of ['Status', 'Sponsors']) {
    const values = mine.panel.getByRole('list', { name: `Values of “${field}”` });
    await values.getByRole('button', { name: /^Keep / }).focus();
    await usa.page.keyboard.press('Enter');
    await expect(values).toHaveCount(0);
    if (field === 'Sponsors') break;
    await usa.page.reload();
    await mine.open('1 conflict');
  }
  await expect(mine.panel).toContainText('Nothing needs your attention.');
});
