/** Every migration, oldest first. A landed one is never edited. */
import type { MigrationInterface } from 'typeorm';
import { Workspace1764000000000 } from './1764000000000-workspace.ts';
import { AppendTurns1764100000000 } from './1764100000000-append-turns.ts';
import { Generation1764200000000 } from './1764200000000-generation.ts';

export const migrations: readonly (new () => MigrationInterface)[] = [
  Workspace1764000000000,
  AppendTurns1764100000000,
  Generation1764200000000,
];
