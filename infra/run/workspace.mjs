/** What every command of this folder needs: the root of the workspace, its tools, and how an expected failure is told. */
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Nx without its background process and its full-screen display: what we start ends with us. */
export const nxEnvironment = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
};

/** The arguments that make this Node run the workspace's Nx. */
export const nx = path.join(root, 'node_modules', '.bin', 'nx');

/**
 * Runs a program in the root of the workspace and gives its exit code, and what it said if that is kept from the screen.
 * @param {string} program
 * @param {readonly string[]} options
 * @param {{ quiet?: boolean, env?: Record<string, string | undefined> }} [how]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function run(program, options, { quiet = false, env = nxEnvironment } = {}) {
  const child = spawn(program, options, {
    cwd: root,
    env,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  const parts = [];

  child.stdout?.on('data', (part) => parts.push(part));
  child.stderr?.on('data', (part) => parts.push(part));

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: Buffer.concat(parts).toString() });
    });
  });
}

/**
 * Runs `act`; a refusal is told in its one line, anything else with its trace.
 * @param {() => Promise<void>} act
 */
export async function runToEnd(act) {
  try {
    await act();
  } catch (error) {
    console.error(error?.name === 'StartRefused' ? error.message : error);
    process.exit(1);
  }
}

/** A failure that its message explains. */
export class Refused extends Error {
  name = 'StartRefused';
}
