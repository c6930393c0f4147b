/** Tabs and reloads of one person: every edit lands once, and undo knows what was mine. */
import { expect, type Page } from '@playwright/test';
import { PipelinePage } from '../support/pipeline-page.ts';
import { test } from '../support/workspace.ts';

const english = { language: 'en', scheme: 'light' } as const;

test('two tabs, one of them closed with unsent edits: every edit is in the history once', async ({
  signIn,
}) => {
  const usa = await signIn('usa.editor', english);
  const first = new PipelinePage(usa.page);
  // What a duplicated tab is: the same profile, the same address.
  const second = new PipelinePage(await usa.context.newPage());
  await second.page.goto('/');
  await expect(second.cell('donald', 'sponsors')).toBeVisible();

  await usa.context.setOffline(true);
  await expect(first.saveState).toHaveText('Offline');
  await first.type('donald', 'sponsors', 'First tab');
  await second.type('donald', 'status', 'Second tab');
  await expect(second.saveState).toHaveText('Offline (1 edit kept on this device)');
  await second.page.close();
  await usa.context.setOffline(false);
  await first.expectSaved();
  const third = new PipelinePage(await usa.context.newPage());
  await third.page.goto('/');
  await third.expectSaved();

  for (const tab of [first, third]) {
    await expect(tab.text('donald', 'sponsors')).toHaveText('First tab');
    await expect(tab.text('donald', 'status')).toHaveText('Second tab');
  }
  await first.page.reload();
  await first.expectSaved();
  expect(await timesWritten(first.page, 'sponsors', 'First tab')).toBe(1);
  expect(await timesWritten(first.page, 'status', 'Second tab')).toBe(1);
});

test('undo after a reload takes back my own last edit; where another has changed the cell it shows both values first', async ({
  signIn,
}) => {
  const [usa, jpn] = [await signIn('usa.editor', english), await signIn('jpn.editor', english)];
  const [left, right] = [new PipelinePage(usa.page), new PipelinePage(jpn.page)];
  const before = await left.text('evac', 'sponsors').innerText();

  await left.type('evac', 'sponsors', 'Mine');
  await left.expectSaved();
  await usa.page.reload();
  await left.standIn('evac', 'status');
  await usa.page.keyboard.press('Control+z');
  await expect(right.text('evac', 'sponsors')).toHaveText(before);

  await left.type('evac', 'sponsors', 'Mine again');
  await expect(right.text('evac', 'sponsors')).toHaveText('Mine again');
  await right.type('evac', 'sponsors', 'Theirs');
  await expect(left.text('evac', 'sponsors')).toHaveText('Theirs');
  await usa.page.reload();
  await left.standIn('evac', 'status');
  await usa.page.keyboard.press('Control+z');

  await expect(usa.page.locator('.grid-notice')).toContainText(
    `to “Mine again”; someone has changed it since, to “Theirs”. Nothing was undone. Undoing would bring back “${before}”.`,
  );
  await expect(right.text('evac', 'sponsors')).toHaveText('Theirs');
  await usa.page.getByRole('button', { name: 'Undo anyway' }).click();
  await expect(right.text('evac', 'sponsors')).toHaveText(before);
});

async function timesWritten(page: Page, field: string, value: string): Promise<number> {
  return page.evaluate(
    async ([wantedField, wanted]) => {
      const query = `compartment=public&register=project&record=donald&field=${wantedField}`;
      const answer = (await (await fetch(`/api/audit/entries?${query}`)).json()) as {
        entries: { changes: { field: string; new: unknown }[] }[];
      };

      return answer.entries
        .flatMap(({ changes }) => changes)
        .filter((change) => change.field === wantedField && change.new === wanted).length;
    },
    [field, value] as const,
  );
}
