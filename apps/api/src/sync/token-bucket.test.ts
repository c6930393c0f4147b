/** A budget: a burst at once, then so much a second, and never more saved than the burst. */
import { describe, expect, it } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const allowance = { perSecond: 10, burst: 50 };

function takeAll(bucket: TokenBucket, now: number): number {
  let taken = 0;
  while (bucket.take(1, now)) taken += 1;

  return taken;
}

describe('a bucket', () => {
  it('gives the burst at once, then what has come since', () => {
    const bucket = new TokenBucket(allowance, 0);

    expect([0, 0, 100, 1_000, 1_050].map((now) => takeAll(bucket, now))).toEqual([50, 0, 1, 9, 0]);
  });

  it('saves no more than the burst', () => {
    const bucket = new TokenBucket(allowance, 0);
    takeAll(bucket, 0);

    expect(takeAll(bucket, 3_600_000)).toBe(50);
  });

  it('takes nothing of what is not there in full', () => {
    const bucket = new TokenBucket(allowance, 0);

    expect(bucket.take(51, 0)).toBe(false);
    expect(takeAll(bucket, 0)).toBe(50);
  });

  it('lets a charge be paid off before it gives again', () => {
    const bucket = new TokenBucket(allowance, 0);
    bucket.charge(80, 0);

    expect(bucket.take(1, 3_000)).toBe(false);
    expect(bucket.take(1, 3_100)).toBe(true);
    expect(bucket.isFull(5_000)).toBe(false);
    expect(bucket.isFull(9_000)).toBe(true);
  });
});
