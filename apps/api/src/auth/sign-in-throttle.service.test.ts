/** Which addresses count as one, and when an attempt has to wait. */
import { describe, expect, it } from 'vitest';

import { networkOf, SignInThrottle } from './sign-in-throttle.service.ts';

describe('networkOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
  ])('takes %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('SignInThrottle', () => {
  it('counts by account and network: another account and another network are free', async () => {
    const throttle = new SignInThrottle();
    const guessed = { email: 'A@example.org', address: '2001:db8::1' };

    await fail(throttle, guessed, 10);

    expect(await throttle.wait({ email: ' a@EXAMPLE.org', address: '2001:db8::2' })).toBe(900);
    expect(await throttle.wait({ ...guessed, email: 'b@example.org' })).toBeUndefined();
    expect(await throttle.wait({ ...guessed, address: '2001:db8:0:1::1' })).toBeUndefined();
  });

  it('forgets the failures of who then knows the password', async () => {
    const throttle = new SignInThrottle();
    const mistyped = { email: 'a@example.org', address: '192.0.2.1' };

    await fail(throttle, mistyped, 9);
    await throttle.succeeded(mistyped);
    await fail(throttle, mistyped, 9);

    expect(await throttle.wait(mistyped)).toBeUndefined();
  });
});

async function fail(
  throttle: SignInThrottle,
  attempt: { email: string; address: string },
  times: number,
) {
  for (let count = 0; count < times; count += 1) await throttle.failed(attempt);
}
