/** What a person may do in one document: the server's word where it has spoken, what the session knows until then. */
import type { Actor, Audience, Rule } from '@lodestone/access-policy';

export interface DocumentRights {
  readonly actor: Actor;
  readonly audience: Audience;
  readonly marking: string;
  readonly rules: readonly Rule[];
}
