/** Every migration, oldest first. A landed one is never edited. */
import type { MigrationInterface } from 'typeorm';
import { Workspace1764000000000 } from './1764000000000-workspace.ts';

export const migrations: readonly (new () => MigrationInterface)[] = [Workspace1764000000000];
