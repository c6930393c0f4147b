/** Gives every request a name that stands in its answer and in our log. */
import { randomUUID } from 'node:crypto';

import { REQUEST_ID_HEADER } from '@lodestone/api-contract';
import type { NextFunction, Request, Response } from 'express';

/** A proxy may have named the request already; anything that could break a log line is not taken over. */
const WELL_FORMED = /^[A-Za-z0-9_-]{8,64}$/;

export function correlationId(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(REQUEST_ID_HEADER);

  response.setHeader(
    REQUEST_ID_HEADER,
    given !== undefined && WELL_FORMED.test(given) ? given : randomUUID(),
  );
  next();
}

export function requestIdOf(response: Response | undefined): string {
  const id = response?.getHeader(REQUEST_ID_HEADER);

  return typeof id === 'string' ? id : '-';
}
