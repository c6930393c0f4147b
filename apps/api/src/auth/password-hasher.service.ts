/** Argon2id, off the event loop (in libuv's threads). */
import { randomBytes } from 'node:crypto';

import { hash, parseOptions, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** OWASP's parameters. argon2id is the package's own choice; its enum cannot be named under isolated modules. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const ARGON2ID = '$argon2id$';

@Injectable()
export class PasswordHasher {
  /** Nobody's: hashed against where there is no account, so that this takes as long as a wrong password. */
  readonly #nobody = this.hash(randomBytes(32).toString('base64'));

  hash(password: string): Promise<string> {
    return hash(normalize(password), PARAMETERS);
  }

  /** Takes the same time for an account that does not exist. */
  async verify(passwordHash: string | undefined, password: string): Promise<boolean> {
    const matches = await verify(passwordHash ?? (await this.#nobody), normalize(password));

    return matches && passwordHash !== undefined;
  }

  /** The hash was made with other parameters than a new one would be. */
  isOutdated(passwordHash: string): boolean {
    const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(passwordHash);
    const found = { memoryCost, timeCost, parallelism, outputLen };

    return (
      !passwordHash.startsWith(ARGON2ID) ||
      Object.entries(PARAMETERS).some(
        ([name, value]) => found[name as keyof typeof found] !== value,
      )
    );
  }
}

/** One password may reach us in several forms of writing (full width, composed or not), by keyboard and system. */
function normalize(password: string): string {
  return password.normalize('NFKC');
}
