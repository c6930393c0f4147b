/** The tray by parts: some cells of an edit can be sent or discarded, and the others stay, on the device too. */
import { describe, expect, it } from 'vitest';
import type { Intent, RecordId } from '@lodestone/document-model';
import { Journal } from './device-store/journal.ts';
import { MemoryDeviceStore } from './device-store/memory-device-store.ts';
import { webRandom } from './random-ids.ts';
import { Tray } from './tray.ts';
import type { TrayItem } from './tray-item.ts';

const [one, two]: readonly [Intent, Intent] = [
  { act: 'set', record: 'a' as RecordId, field: 'title', value: 'One' },
  { act: 'set', record: 'b' as RecordId, field: 'title', value: 'Two' },
];
const item: TrayItem = {
  ...{ edit: 'edit', document: 'public/source', group: 'group', intents: [one, two], at: 2 },
  ...{ code: 'access.denied', reason: { en: 'No.', ja: '不可。' } },
};

function start() {
  const store = new MemoryDeviceStore();
  const journal = new Journal(store, webRandom);
  const resent: (readonly Intent[])[] = [];
  const tray = new Tray([item], {
    journal,
    now: () => 3,
    resend: (_document, intents, sent) => {
      resent.push(intents);
      sent();

      return 'sent';
    },
    taken: () => undefined,
  });

  return { store, journal, tray, resent };
}

describe('the tray', () => {
  it('[PR25] discards some cells of an edit, and keeps the others, on the device too', async () => {
    const { tray, journal, store } = start();

    tray.discard('edit', [one]);
    await journal.flush();

    expect(tray.items.map(({ intents }) => intents)).toEqual([[two]]);
    expect((await store.readTray()).map(({ intents }) => intents)).toEqual([[two]]);

    tray.discard('edit', [two]);
    await journal.flush();

    expect(tray.items).toEqual([]);
    expect(await store.readTray()).toEqual([]);
  });

  it('[PR25] sends some cells of an edit, and keeps the others', () => {
    const { tray, resent } = start();

    expect(tray.retry('edit', [two])).toEqual({ outcome: 'sent' });

    expect(resent).toEqual([[two]]);
    expect(tray.items.map(({ intents }) => intents)).toEqual([[one]]);
  });
});
