/** A program of this repository, run as a process of its own: what it says, and how it ends. */
import { spawn } from 'node:child_process';

import { cleanEnvironment, workspaceRoot } from './workspace-root.ts';

const START_TIMEOUT_MS = 60_000;

export interface Program {
  readonly pid: number;
  /** Everything it has said so far, on both channels. */
  output(): string;
  /** Resolves with the match as soon as what it says matches; rejects with what it said when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl+C does; gives its exit code. Does nothing to a program that has ended. */
  stop(): Promise<number>;
  /** `kill -9`. */
  kill9(): Promise<void>;
}

/** `script`: from the root of the repository. */
export function runProgram(
  script: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>>,
): Program {
  const child = spawn(process.execPath, [script, ...options], {
    cwd: workspaceRoot,
    env: cleanEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const listeners = new Set<() => void>();
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? -1);
    });
  });
  let said = '';

  for (const channel of [child.stdout, child.stderr]) {
    channel.setEncoding('utf8');
    channel.on('data', (part: string) => {
      said += part;
      listeners.forEach((listener) => {
        listener();
      });
    });
  }

  return {
    pid: child.pid ?? -1,
    output: () => said,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(said);

          if (found === null) return;
          listeners.delete(look);
          clearTimeout(timer);
          resolve(found);
        };
        const fail = (reason: string): void => {
          listeners.delete(look);
          clearTimeout(timer);
          reject(new Error(`the program ${reason}:\n${said}`));
        };
        const timer = setTimeout(fail, START_TIMEOUT_MS, `did not say ${String(pattern)} in time`);

        listeners.add(look);
        void ended.then((code) => {
          fail(`ended with ${String(code)}`);
        });
        look();
      }),
    stop: async () => {
      child.kill('SIGINT');
      return ended;
    },
    kill9: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
