/** A call that brings a body brings JSON: a form of another site, which needs no preflight, is refused by its type. */
import type { NextFunction, Request, Response } from 'express';

import { ProblemException } from './problem.exception.ts';

export function jsonOnly(request: Request, _response: Response, next: NextFunction): void {
  const isEmpty =
    request.get('Transfer-Encoding') === undefined && !Number(request.get('Content-Length'));

  if (isEmpty || request.is('json') === 'json') {
    next();
    return;
  }

  throw new ProblemException('request.media-type');
}
