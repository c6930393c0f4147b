/** A document goes on in a new generation: the app moves its number, and finds where in the log each one began. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
grant update (generation) on document to lodestone_app;
create index log_entry_generation_idx on log_entry (document, seq) where action = 'document.rebased';
`;

const down = `
drop index log_entry_generation_idx;
revoke update (generation) on document from lodestone_app;
`;

export class Generation1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
