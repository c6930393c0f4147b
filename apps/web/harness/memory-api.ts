/** The HTTP interface without a server, for the harness. */
import type { AuditAnswer, Language, MePatchAnswer, SignInAnswer } from '@lodestone/api-contract';
import type { Answer, ApiClient, HistoryQuery, Me } from '../src/session/api-client.ts';

interface MemoryApiOptions {
  readonly isSignedIn: boolean;
  readonly isDown: boolean;
  readonly language: Language;
}

export const harnessPassword = 'harness';

const minuteMs = 60_000;

export class MemoryApi implements ApiClient {
  #isSignedIn: boolean;
  #language: Language;
  readonly #isDown: boolean;

  constructor(options: MemoryApiOptions) {
    this.#isSignedIn = options.isSignedIn;
    this.#isDown = options.isDown;
    this.#language = options.language;
  }

  me(): Promise<Answer<Me>> {
    if (this.#isDown) return Promise.resolve({ outcome: 'unreachable' });
    if (!this.#isSignedIn) return Promise.resolve(problem('session.required', 401));
    const value: Me = {
      user: this.#user(),
      csrfToken: 'harness',
      compartments: [
        {
          id: 'public',
          name: { en: 'Public', ja: '公開' },
          marking: 'PUBLIC',
          parties: ['JPN', 'USA'],
        },
        {
          id: 'allied',
          name: { en: 'Allied', ja: '同盟国' },
          marking: 'REL TO USA, AUS, CAN, JPN',
          parties: ['AUS', 'CAN', 'JPN', 'USA'],
        },
      ],
      permissions: [],
      sample: true,
    };

    return Promise.resolve({ outcome: 'answered', value });
  }

  signIn(request: { readonly password: string }): Promise<Answer<SignInAnswer>> {
    if (this.#isDown) return Promise.resolve({ outcome: 'unreachable' });
    if (request.password === 'many') {
      return Promise.resolve({ ...problem('auth.throttled', 429), retryAfterSeconds: 42 });
    }
    if (request.password !== harnessPassword) return Promise.resolve(problem('auth.failed', 401));
    this.#isSignedIn = true;

    return Promise.resolve({
      outcome: 'answered',
      value: { user: this.#user(), csrfToken: 'harness' },
    });
  }

  signOut(): Promise<Answer<null>> {
    this.#isSignedIn = false;

    return Promise.resolve({ outcome: 'answered', value: null });
  }

  rememberLanguage(language: Language): Promise<Answer<MePatchAnswer>> {
    this.#language = language;

    return Promise.resolve({ outcome: 'answered', value: { user: this.#user() } });
  }

  history({ compartment, register, record }: HistoryQuery): Promise<Answer<AuditAnswer>> {
    const actor = { id: aiko, name: 'Aiko Tanaka', party: 'JPN', roles: ['editor' as const] };
    const entries = [
      { seq: 9, minutes: 4, field: 'name', old: 'Mountain Pass', now: 'Mountain Pass mine' },
      { seq: 7, minutes: 190, field: 'statusAsOf', old: '2026-01', now: '2026-02' },
      { seq: 6, minutes: 9000, field: 'materials/nd', old: false, now: true },
      { seq: 1, minutes: 90_000, field: '', old: null, now: {} },
    ].map(({ seq, minutes, field, old, now }) => ({
      compartment,
      seq,
      document: `${compartment}/${register}`,
      action: 'record.updated',
      outcome: 'admitted' as const,
      actor,
      at: new Date(Date.now() - minutes * minuteMs).toISOString(),
      edit: null,
      changes: [{ register, record, field, old, new: now }],
    }));

    return Promise.resolve({ outcome: 'answered', value: { entries, next: null } });
  }

  #user() {
    return {
      id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      name: this.#language === 'ja' ? '西村 由衣' : 'Yui Nishimura',
      party: 'JPN',
      roles: ['editor' as const],
      language: this.#language,
    };
  }
}

export const aiko = 'd9428888-122b-41e1-b85c-61cd3cbb3210';

function problem(code: 'auth.failed' | 'auth.throttled' | 'session.required', status: number) {
  return {
    outcome: 'problem' as const,
    problem: { type: `tag:lodestone.example,2026:problem/${code}`, title: code, status, code },
  };
}
