/** Who is in the audience of a compartment. */
import type { Actor, Audience } from './request.ts';

/** A person outside the audience is denied everything there, whatever his roles (AP4). */
export function isInAudience(actor: Actor, audience: Audience): boolean {
  return audience.everyone || audience.parties.includes(actor.party);
}
