/** What must be there before we serve. Other modules add what they need. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AppPool } from '../database/app-pool.ts';

/** Resolves where the thing is there, and rejects where it is not. */
type ReadinessCheck = () => Promise<unknown>;

const PATIENCE_MS = 2_000;

@Injectable()
export class Readiness {
  readonly #checks = new Map<string, ReadinessCheck>();

  constructor(dataSource: DataSource, pool: AppPool) {
    this.require('database', () => dataSource.query('SELECT 1'));
    this.require('storage', () =>
      pool.storage.isRefusing ? Promise.reject(new Error('edits are refused')) : Promise.resolve(),
    );
  }

  /** The name stands in the answer of `/api/health/ready` while the thing is missing. */
  require(name: string, check: ReadinessCheck): void {
    this.#checks.set(name, check);
  }

  async missing(): Promise<readonly string[]> {
    const answers = await Promise.all(
      [...this.#checks].map(async ([name, check]) => ((await isThere(check)) ? [] : [name])),
    );

    return answers.flat();
  }
}

async function isThere(check: ReadinessCheck): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const impatience = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });

  try {
    return await Promise.race([check().then(() => true), impatience]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
