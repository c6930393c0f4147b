/** Finding an account for PostgreSQL in the text of a passwd file. */
import { describe, expect, it } from 'vitest';

import { parseAccount } from './account.ts';

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'toor:x:0:0::/root:/bin/sh',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash',
  'broken',
  '',
].join('\n');

describe('parseAccount', () => {
  it('takes the first name that there is', () => {
    expect(parseAccount(PASSWD, ['lodestone', 'postgres', 'nobody'])).toEqual({
      uid: 101,
      gid: 104,
    });
  });

  it('takes nobody for an account that is root under another name, or none at all', () => {
    expect(parseAccount(PASSWD, ['toor'])).toBeUndefined();
    expect(parseAccount(PASSWD, ['broken'])).toBeUndefined();
    expect(parseAccount('', ['postgres'])).toBeUndefined();
  });
});
