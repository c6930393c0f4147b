/** Waits for a condition that nobody announces, and says whether it came true in time. */
import { setTimeout as delay } from 'node:timers/promises';

const lookEveryMs = 20;

export async function until(isTrue: () => boolean, timeoutMs: number): Promise<boolean> {
  const end = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > end) return false;
    await delay(lookEveryMs);
  }

  return true;
}
