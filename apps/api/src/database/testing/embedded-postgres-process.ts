/** A program that does nothing but run the embedded PostgreSQL of a folder: what the tests start, kill and run as other users. */
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

const [, , dataFolder = '', systemFolder = ''] = process.argv;

try {
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    systemFolder,
    log: (line) => process.stderr.write(`${line}\n`),
  });

  process.once('SIGTERM', () => {
    void postgres.stop().then(() => {
      process.exit(0);
    });
  });
  // Keeps the process alive, as a listening server would.
  setInterval(() => undefined, 60_000);
  process.stdout.write(`${JSON.stringify(postgres)}\n`);
} catch (error) {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
}
