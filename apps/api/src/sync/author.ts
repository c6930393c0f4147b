/** What admission asks about the author of an edit: his rights of this turn, and what others changed since he looked. */
import { decide } from '@lodestone/access-policy';
import type { Author } from '@lodestone/update-admission';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import type { LastChange } from './document-store.ts';
import { loggedField, type LiveDocument } from './live-document.ts';
import type { SubmittedEdit } from './submitted-edit.ts';

/** Within this time of each other two edits of a cell are a conflict that one of them wins (design, D9). */
const conflictWindowMs = 10_000;

interface Surroundings {
  readonly access: AccessFacts;
  readonly compartment: CompartmentFacts;
  readonly now: Date;
}

export function authorOf(
  edit: SubmittedEdit,
  document: LiveDocument,
  around: Surroundings,
): Author {
  const { access, compartment, now } = around;
  const actor = access.person(edit.session.person)?.actor;
  const isUnseen = (change: LastChange) =>
    change.seq > edit.seen && change.person !== edit.session.person;

  return {
    clientId: edit.clientId,
    decide: (request) => {
      if (edit.unquestioned === true) return { effect: 'permit', rule: 'workspace' };
      if (actor === undefined) throw new Error('a decision needs its actor');
      const { action, owners, field } = request;

      return decide(access.rules, {
        actor,
        action,
        resource: {
          audience: compartment.audience,
          register: document.register.name,
          owners,
          ...(field !== undefined && { field }),
        },
      });
    },
    changedSince: (record, field, element) => {
      const changes =
        field === undefined
          ? [...document.lastChangesOf(record)]
          : [
              document.lastChange(
                record,
                loggedField({ field, ...(element !== undefined && { element }) }),
              ),
            ];
      const [newest] = changes
        .filter((change) => change !== undefined)
        .filter(isUnseen)
        .sort((a, b) => b.seq - a.seq);
      if (newest === undefined) return undefined;
      const isRecent = now.getTime() - Date.parse(newest.recordedAt) <= conflictWindowMs;

      return { age: isRecent ? 'recent' : 'late', person: newest.person, seq: newest.seq };
    },
  };
}
