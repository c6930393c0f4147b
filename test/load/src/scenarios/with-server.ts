/** Starts a scenario's server, lets it be worked with, and ends it; what it complained about goes with a failure. */
import { contenders } from '../servers/contenders.ts';
import type { Needs, RunningServer } from '../servers/running-server.ts';
import { RunFailed, type Run } from './scenario.ts';

const lastLines = 5;

export async function withServer<T>(
  { contender, stage, site, environment }: Run,
  needs: Needs,
  work: (server: RunningServer) => Promise<T>,
): Promise<T> {
  const server = await contenders[contender].start(stage, site, {
    ...needs,
    environment: { ...environment, ...needs.environment },
  });

  return stage.use(server, async () => {
    try {
      return await work(server);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const said = server.output().trim().split('\n').slice(-lastLines).join(' | ');
      throw new RunFailed(`${message} (the server: ${said})`);
    }
  });
}
