/** A workspace without a server, filled with made-up records, for the harness. */
import {
  findRegister,
  type CompartmentId,
  type Language,
  type RecordId,
  type RegisterRecord,
} from '@lodestone/document-model';
import { MemoryView } from '../src/grid/testing/memory-view.ts';
import type { RegisterView } from '../src/registers/register-view.ts';
import type {
  PersonHere,
  RefusedEdit,
  WorkspacePort,
  WorkspaceStatus,
} from '../src/sync/workspace-port.ts';
import { generateRecords, otherRegisters } from './sample-records.ts';

const sample: Readonly<Record<string, readonly RegisterRecord[]>> = {
  ...otherRegisters,
  project: generateRecords(40),
  source: (otherRegisters['source'] ?? []).map(({ id, fields }, index) => ({
    id,
    fields: {
      ...fields,
      publisher: 'U.S. Geological Survey',
      tier: index === 0 ? 'official' : 'secondary',
      url: `https://pubs.usgs.gov/${id}`,
    },
  })),
};

interface MemoryWorkspaceOptions {
  readonly isReader: boolean;
  readonly people: number;
  readonly refused: number;
  readonly marking?: string;
}

const names = [
  'Aiko Tanaka',
  'Sarah Whitlam',
  'Marc Lefèvre',
  'Kenji Mori',
  '田中 愛子',
  'Ana Duarte',
];

export class MemoryWorkspace implements WorkspacePort {
  readonly #options: MemoryWorkspaceOptions;
  readonly #views = new Map<string, MemoryView>();
  readonly #statusListeners = new Set<() => void>();
  readonly #trayListeners = new Set<() => void>();
  readonly #people: readonly PersonHere[];
  #status: WorkspaceStatus;
  #refused: readonly RefusedEdit[];
  #language: Language = 'en';

  constructor(options: MemoryWorkspaceOptions) {
    this.#options = options;
    this.#refused = Array.from({ length: options.refused }, (_, index) => refusedEdit(index));
    this.#status = statusWith(this.#refused.length);
    this.#people = names.slice(0, options.people).map((name, index) => ({
      person: `person-${String(index)}`,
      name,
      party: 'JPN',
      ...(index % 2 === 0 && { record: recordAt(index), field: 'stage' }),
    }));
  }

  registerView(name: string): RegisterView {
    const known = this.#views.get(name);
    if (known !== undefined) return known;
    const view = this.#makeView(name);
    view.speak(this.#language);
    this.#views.set(name, view);

    return view;
  }

  status(): WorkspaceStatus {
    return this.#status;
  }

  become(status: Partial<WorkspaceStatus>): void {
    this.#status = { ...this.#status, since: Date.now() - 180_000, ...status };
    for (const listener of [...this.#statusListeners]) listener();
  }

  subscribeStatus(listener: () => void): () => void {
    return join(this.#statusListeners, listener);
  }

  people(): readonly PersonHere[] {
    return this.#people;
  }

  subscribePeople(): () => void {
    return () => undefined;
  }

  notAccepted(): readonly RefusedEdit[] {
    return this.#refused;
  }

  subscribeNotAccepted(listener: () => void): () => void {
    return join(this.#trayListeners, listener);
  }

  discard(id: string): void {
    this.#refused = this.#refused.filter((edit) => edit.id !== id);
    for (const listener of [...this.#trayListeners]) listener();
    this.become(statusWith(this.#refused.length));
  }

  retry(id: string): void {
    this.discard(id);
  }

  highestMarking(): string {
    return this.#options.marking ?? 'PUBLIC';
  }

  setLanguage(language: Language): void {
    this.#language = language;
    for (const view of this.#views.values()) view.speak(language);
  }

  resume(): void {
    this.become({ state: 'saved', unsent: 0 });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  wipe(): Promise<void> {
    return Promise.resolve();
  }

  #makeView(name: string): MemoryView {
    const register = findRegister(name);
    if (register === undefined) throw new Error(`no register ${name}`);
    const { isReader, marking = 'PUBLIC' } = this.#options;

    return new MemoryView({
      register,
      records: sample[name] ?? [],
      others: sample,
      mark: { id: 'public' as CompartmentId, marking },
      decide: (_id, field) =>
        isReader || field === 'confidence'
          ? {
              effect: 'deny',
              reason: {
                en: 'Only editors of Japan may change this.',
                ja: '変更できるのは日本の編集担当だけです。',
              },
              remedy: {
                en: 'You belong to Canada. Ask editors of Japan.',
                ja: 'あなたの所属はカナダです。日本の編集担当に依頼してください。',
              },
            }
          : { effect: 'permit', rule: 'harness' },
    });
  }
}

function statusWith(notAccepted: number): WorkspaceStatus {
  return { state: notAccepted > 0 ? 'not-accepted' : 'saved', unsent: 0, notAccepted };
}

function recordAt(index: number): RecordId {
  return (sample['project']?.[index]?.id ?? '') as RecordId;
}

function refusedEdit(index: number): RefusedEdit {
  return {
    id: `refused-${String(index)}`,
    register: 'project',
    record: recordAt(index),
    recordTitle: 'Eneabba refinery 00001',
    field: index === 0 ? 'notes' : 'stage',
    value: index === 0 ? 'Second train confirmed by the company on 12 November.' : 'Operating',
    reason: {
      en: 'Another person changed this after you had last seen it.',
      ja: 'あなたが最後に見た後、他の人が変更しました。',
    },
    remedy: {
      en: 'Look at the present value, and send yours again if it still holds.',
      ja: '現在の値を確認し、必要であれば送り直してください。',
    },
    at: Date.now() - 3_900_000,
  };
}

function join(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);

  return () => {
    listeners.delete(listener);
  };
}
