/** Whether an api says that it can serve. */
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 20;

export interface Readiness {
  /** 0 where nobody answers. */
  readonly status: number;
  readonly missing: readonly string[];
}

async function askReady(origin: string): Promise<Readiness> {
  try {
    const response = await fetch(`${origin}/api/health/ready`, {
      signal: AbortSignal.timeout(5_000),
    });
    const { missing = [] } = (await response.json()) as { missing?: string[] };

    return { status: response.status, missing };
  } catch {
    return { status: 0, missing: [] };
  }
}

/** Resolves with the first answer of this status. */
export async function untilReadiness(
  origin: string,
  status: 200 | 503,
  timeoutMs = 30_000,
): Promise<Readiness> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await askReady(origin);
    if (answer.status === status) return answer;
    if (performance.now() > deadline)
      throw new Error(`readiness stayed ${String(answer.status)} for ${String(timeoutMs)} ms`);
    await delay(pollMs);
  }
}
