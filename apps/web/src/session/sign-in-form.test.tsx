/** Signing in: what is asked for, and what is said when it does not work. */
import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { chooseLanguage, i18n, startI18n } from '../app/i18n.ts';
import { stubBrowser } from '../ui/testing/stub-browser.ts';
import type { ApiClient } from './api-client.ts';
import { SessionContext } from './session-context.tsx';
import { SessionStore, type Credentials, type SignInOutcome } from './session-store.ts';
import { SignInForm } from './sign-in-form.tsx';

beforeAll(async () => {
  stubBrowser();
  document.documentElement.lang = 'en';
  await startI18n();
  await chooseLanguage('en');
});
afterEach(cleanup);
afterAll(() => {
  vi.unstubAllGlobals();
});

/** A store that answers every sign-in alike and keeps what it was asked. */
class AnsweringStore extends SessionStore {
  readonly asked: Credentials[] = [];
  readonly #outcome: SignInOutcome;

  constructor(outcome: SignInOutcome) {
    super({} as ApiClient);
    this.#outcome = outcome;
  }

  override signIn(credentials: Credentials): Promise<SignInOutcome> {
    this.asked.push(credentials);

    return Promise.resolve(this.#outcome);
  }
}

function openForm(outcome: SignInOutcome) {
  const store = new AnsweringStore(outcome);
  let signedIn = 0;
  render(
    <MantineProvider>
      <I18nextProvider i18n={i18n}>
        <SessionContext value={{ store, api: {} as ApiClient }}>
          <SignInForm
            onSignedIn={() => {
              signedIn += 1;
            }}
          />
        </SessionContext>
      </I18nextProvider>
    </MantineProvider>,
  );

  return { store, user: userEvent.setup(), signedIn: () => signedIn };
}

async function fillIn(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('E-mail address'), ' usa.editor@lodestone.example ');
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
}

describe('SignInForm', () => {
  it('signs in with Enter', async () => {
    const { store, user, signedIn } = openForm({ outcome: 'signed-in' });

    await fillIn(user);

    expect(store.asked).toEqual([{ email: 'usa.editor@lodestone.example', password: 'secret' }]);
    expect(signedIn()).toBe(1);
  });

  it('asks for what is missing, and sends nothing', async () => {
    const { store, user } = openForm({ outcome: 'signed-in' });

    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(screen.getByText('Please enter your e-mail address.')).toBeDefined();
    expect(document.activeElement).toBe(screen.getByLabelText('E-mail address'));
    expect(store.asked).toEqual([]);
  });

  it.each([
    [{ outcome: 'wrong' }, /e-mail address or the password is not right/],
    [{ outcome: 'unreachable' }, /server cannot be reached/],
    [{ outcome: 'unavailable' }, /cannot sign you in at the moment/],
    [{ outcome: 'throttled', retryAfterSeconds: 42 }, /try again in 42 seconds/],
    [{ outcome: 'throttled', retryAfterSeconds: 600 }, /try again in 10 minutes/],
    [{ outcome: 'throttled', retryAfterSeconds: undefined }, /wait a moment/],
  ] as const)('says why it did not work: %o', async (outcome, sentence) => {
    const { user, signedIn } = openForm(outcome);

    await fillIn(user);

    expect(screen.getByRole('alert').textContent).toMatch(sentence);
    expect(screen.getByLabelText('E-mail address')).toHaveProperty(
      'value',
      'usa.editor@lodestone.example',
    );
    expect(signedIn()).toBe(0);
  });
});
