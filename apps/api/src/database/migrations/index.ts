/** Every migration, oldest first. A landed one is never edited. */
import type { MigrationInterface } from 'typeorm';
import { Workspace1764000000000 } from './1764000000000-workspace.ts';
import { AppendTurns1764100000000 } from './1764100000000-append-turns.ts';
import { Generation1764200000000 } from './1764200000000-generation.ts';
import { LogWithoutCheck1764300000000 } from './1764300000000-log-without-check.ts';

export const migrations: readonly (new () => MigrationInterface)[] = [
  Workspace1764000000000,
  AppendTurns1764100000000,
  Generation1764200000000,
  LogWithoutCheck1764300000000,
];
