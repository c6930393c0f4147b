/** Who asks (actor), for what (action), on what (resource). */
import type { PartyCode, RegisterName } from '@lodestone/document-model';

export const roles = [
  'editor',
  'approver',
  'secretariat',
  'administrator',
  'auditor',
  'observer',
] as const;

export type Role = (typeof roles)[number];

export interface Actor {
  readonly person: string;
  readonly party: PartyCode;
  readonly roles: readonly Role[];
}

/** `approve` is a move of a lifecycle that its declaration reserves for approvers. */
export const actions = ['read', 'create', 'update', 'move', 'approve'] as const;

export type Action = (typeof actions)[number];

/** The audience of a compartment. */
export interface Audience {
  /** Every signed-in person reads it. */
  readonly everyone: boolean;
  readonly parties: readonly PartyCode[];
}

export interface Resource {
  readonly audience: Audience;
  readonly register: RegisterName;
  /** Parties named in the owner fields of the record; undefined where no record is meant. */
  readonly owners?: readonly PartyCode[];
  readonly field?: string;
}

export interface AccessRequest {
  readonly actor: Actor;
  readonly action: Action;
  readonly resource: Resource;
}
