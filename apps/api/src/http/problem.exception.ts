/** A refusal on its way to the caller: thrown at the edge, written by the problem filter. */
import type { Problem, ProblemCode } from '@lodestone/api-contract';

export interface ProblemFacts {
  readonly detail?: string;
  readonly errors?: Problem['errors'];
  readonly missing?: readonly string[];
  /** Becomes the `Retry-After` header. */
  readonly retryAfterSeconds?: number;
}

export class ProblemException extends Error {
  override readonly name = 'ProblemException';

  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemFacts = {},
  ) {
    super(code);
  }
}
