/** Guessing at passwords: it is slowed, it tells nothing, and it locks nobody out. Behind a proxy that ends TLS. */
import { routes } from '@lodestone/api-contract';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { SignInService } from './sign-in.service.ts';
import { SignInThrottle } from './sign-in-throttle.service.ts';
import type { Browser } from './testing/browser.ts';
import { emailOf, PASSWORD, Serving, startDatabase, type TestDatabase } from './testing/serving.ts';

const ORIGIN = 'https://lodestone.example';
const ADDRESS = '198.51.100.1';

let database: TestDatabase;
let serving: Serving;
let people = 0;

beforeAll(async () => {
  database = await startDatabase();
  serving = await Serving.start(database, {
    config: { usesTls: true, allowedOrigins: () => [ORIGIN] },
  });
});

afterAll(async () => {
  await serving.stop();
  await database.stop();
});

describe('guessing at an account', () => {
  it('is slowed after ten failures, with the time to wait', async () => {
    const email = await newAccount();
    const attacker = from('192.0.2.1');

    const statuses = [];
    for (let guess = 0; guess < 12; guess += 1) {
      statuses.push((await attacker.trySignIn(email, `guess ${String(guess)}`)).status);
    }
    const throttled = await attacker.trySignIn(email, PASSWORD);

    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    expect(throttled.status).toBe(429);
    expect(await throttled.json()).toMatchObject({ code: 'auth.throttled' });
    const wait = Number(throttled.headers.get('Retry-After'));
    expect(wait).toBeGreaterThan(60);
    expect(wait).toBeLessThanOrEqual(900);
  });

  it('does not keep the owner out, who comes from another address, however many guess', async () => {
    const email = await newAccount();
    const throttle = serving.app.get(SignInThrottle);
    for (let guess = 0; guess < 1000; guess += 1) {
      await throttle.failed({ email, address: `192.0.2.${String(guess % 100)}` });
    }

    const attacker = await from('192.0.2.7').trySignIn(email, PASSWORD);

    expect(attacker.status).toBe(429);
    expect((await from(ADDRESS).trySignIn(email, PASSWORD)).status).toBe(201);
  });

  it('is slowed sooner once many addresses guess, and the owner may still mistype', async () => {
    const email = await newAccount();
    const throttle = serving.app.get(SignInThrottle);
    for (let guess = 0; guess < 30; guess += 1) {
      await throttle.failed({ email, address: `203.0.113.${String(guess)}` });
    }

    const late = from('203.0.113.99');
    const statuses = [];
    for (let guess = 0; guess < 3; guess += 1) {
      statuses.push((await late.trySignIn(email, 'guess')).status);
    }
    const owner = from(ADDRESS);

    expect(statuses).toEqual([401, 401, 429]);
    expect((await owner.trySignIn(email, 'mistyped')).status).toBe(401);
    expect((await owner.trySignIn(email, PASSWORD)).status).toBe(201);
  });

  it('is slowed in a volley too, and for accounts that do not exist alike', async () => {
    const known = await newAccount();

    const outcomes = await Promise.all(
      [known, emailOf('nobody.at.all')].map(async (email, index) => {
        const attacker = from(`192.0.2.${String(100 + index)}`);
        const volley = Array.from({ length: 40 }, () => attacker.trySignIn(email, 'guess'));

        return (await Promise.all(volley)).map(({ status }) => status);
      }),
    );

    for (const statuses of outcomes) {
      const guessed = statuses.filter((status) => status === 401).length;

      expect(guessed).toBeGreaterThanOrEqual(10);
      // A few may already be in the hasher when the tenth has failed.
      expect(guessed).toBeLessThanOrEqual(14);
      expect(statuses.filter((status) => status === 429)).toHaveLength(40 - guessed);
    }
  });

  it('is slowed across accounts, and a sign-in of the guesser himself does not wipe that out', async () => {
    const own = await newAccount();
    const address = '192.0.2.200';
    const throttle = serving.app.get(SignInThrottle);
    for (let victim = 0; victim < 98; victim += 1) {
      await throttle.failed({ email: emailOf(`victim${String(victim)}`), address });
    }

    const statuses = [];
    await from(address).signIn(own, PASSWORD);
    for (const victim of ['a', 'b', 'c', 'd']) {
      statuses.push((await from(address).trySignIn(emailOf(victim), 'guess')).status);
    }

    expect(statuses).toEqual([401, 401, 429, 429]);
    expect((await from(ADDRESS).trySignIn(own, PASSWORD)).status).toBe(201);
  });

  it('never costs those who know their password: a whole office signs in at once', async () => {
    const email = await newAccount();

    const office = Array.from({ length: 25 }, () =>
      from('198.51.100.77').trySignIn(email, PASSWORD),
    );

    expect(new Set((await Promise.all(office)).map(({ status }) => status))).toEqual(
      new Set([201]),
    );
  });
});

describe('the time of a refusal', () => {
  it('does not tell whether the account exists', async () => {
    const email = await newAccount();
    const signIn = serving.app.get(SignInService);
    const times = { known: [] as number[], unknown: [] as number[] };

    for (let sample = 0; sample < 30; sample += 1) {
      const address = `10.0.${String(sample)}.1`;

      times.known.push(await timeOf(() => signIn.attempt({ email, password: 'guess', address })));
      const stranger = { email: emailOf(`stranger${String(sample)}`), password: 'guess', address };
      times.unknown.push(await timeOf(() => signIn.attempt(stranger)));
    }

    const ratio = median(times.unknown) / median(times.known);
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.4);
  });
});

describe('a stored password', () => {
  it('is argon2id with the parameters of OWASP', async () => {
    const email = await newAccount();

    expect(await storedHash(email)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('is hashed anew at a sign-in, when it was hashed with other parameters', async () => {
    const email = await newAccount();
    const weak = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await database.owner.query('UPDATE person SET password_hash = $1 WHERE email = $2', [
      weak,
      email,
    ]);

    await from(ADDRESS).trySignIn(email, 'wrong');
    const afterFailure = await storedHash(email);
    await from(ADDRESS).signIn(email, PASSWORD);
    const renewed = await storedHash(email);
    await from(ADDRESS).signIn(email, PASSWORD);

    expect(afterFailure).toBe(weak);
    expect(renewed).toContain('m=19456,t=2,p=1');
    expect(await storedHash(email)).toBe(renewed);
  });
});

describe('behind TLS', () => {
  it('the cookie is bound to this host and to TLS', async () => {
    const response = await from(ADDRESS).trySignIn(await newAccount(), PASSWORD);

    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^__Host-lodestone\.sid=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
    expect(response.headers.get('Strict-Transport-Security')).toMatch(/^max-age=31536000/);
  });

  it('signing in and out works', async () => {
    const browser = from(ADDRESS);
    await browser.signIn(await newAccount(), PASSWORD);

    expect((await browser.call(routes.me)).status).toBe(200);
    expect((await browser.call(routes.session, { method: 'DELETE' })).status).toBe(204);
    expect((await browser.call(routes.me)).status).toBe(401);
  });

  it('believes only the nearest proxy about the address', async () => {
    const email = await newAccount();
    const statuses = [];

    for (let guess = 0; guess < 11; guess += 1) {
      const forwarded = `10.9.8.${String(guess)}, 192.0.2.250`;
      statuses.push((await from(forwarded).trySignIn(email, 'guess')).status);
    }

    expect(statuses.at(-1)).toBe(429);
  });
});

/** A browser at this address, as the proxy in front of us reports it. */
function from(address: string): Browser {
  return serving.browser({
    Origin: ORIGIN,
    'X-Forwarded-For': address,
    'X-Forwarded-Proto': 'https',
  });
}

async function newAccount(): Promise<string> {
  people += 1;
  const name = `usa.person${String(people)}`;

  await serving.addPerson(name);

  return emailOf(name);
}

async function storedHash(email: string): Promise<string | undefined> {
  const [row] = await database.owner.query<{ password_hash: string }[]>(
    'SELECT password_hash FROM person WHERE email = $1',
    [email],
  );

  return row?.password_hash;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();

  await work();

  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
