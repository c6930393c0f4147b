/** Gives out client ids: random 32-bit numbers, leased to one device store, and again only to the store that had them. */
import { randomInt } from 'node:crypto';
import { generationClientId } from '@lodestone/document-model';
import type { Lease } from './document-store.ts';
import type { PostgresDocumentStore } from './postgres-document-store.ts';

interface Wanted {
  readonly lease: Lease;
  /** The id the client had, where it is of the same generation. */
  readonly clientId: number | undefined;
  readonly isInUse: (clientId: number) => boolean;
}

export async function leaseClientId(
  store: PostgresDocumentStore,
  { lease, clientId, isInUse }: Wanted,
): Promise<number> {
  if (clientId !== undefined && !isInUse(clientId) && (await store.holdsLease(lease, clientId)))
    return clientId;
  for (;;) {
    const fresh = randomInt(generationClientId + 1, 0xffff_ffff);
    if (await store.addLease(lease, fresh)) return fresh;
  }
}
