/** An edit of the tray as the screen shows it: what was wanted, in the reader's words, and why it did not get in. */
import {
  parseDocumentName,
  type Intent,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import type { TrayItem } from '@lodestone/sync-provider';
import type { RefusedEdit } from './workspace-port.ts';

interface Words {
  readonly around: Surroundings;
  recordTitle(register: string, record: string): string | undefined;
  format(register: string, field: string, value: Value): string;
}

export function toRefusedEdit(item: TrayItem, words: Words): RefusedEdit {
  const register = parseDocumentName(item.document)?.register ?? '';
  const intent = refusedIntent(item);
  const field = intent?.act === 'create' || intent === undefined ? '' : intent.field;
  const record = (intent?.record ?? '') as RefusedEdit['record'];

  return {
    id: item.edit,
    register,
    record,
    recordTitle: words.recordTitle(register, record) ?? bornTitle(item.intents, record) ?? record,
    field,
    value: item.intents.map((one) => valueText(one, register, words)).join('; '),
    reason: item.reason,
    ...(item.remedy !== undefined && { remedy: item.remedy }),
    at: item.at,
  };
}

/** The intent that the server named, or the first. */
function refusedIntent({ intents, changes }: TrayItem): Intent | undefined {
  const named = changes?.[0];

  return (
    intents.find((intent) => {
      const field = intent.act === 'create' ? '' : intent.field;

      return intent.record === named?.record && (intent.act === 'create' || field === named.field);
    }) ?? intents[0]
  );
}

function valueText(intent: Intent, register: string, words: Words): string {
  switch (intent.act) {
    case 'create':
      return Object.entries(intent.birth)
        .map(([field, value]) => words.format(register, field, value))
        .filter((text) => text !== '')
        .join(', ');
    case 'set':
      return words.format(register, intent.field, intent.value);
    case 'element':
      return `${intent.present ? '+' : '−'} ${words.format(register, intent.field, [intent.element])}`;
  }
}

function bornTitle(intents: readonly Intent[], record: string): string | undefined {
  for (const intent of intents) {
    if (
      intent.act === 'create' &&
      intent.record === record &&
      typeof intent.birth['name'] === 'string'
    ) {
      return intent.birth['name'];
    }
  }

  return undefined;
}
