/** Every error, wherever it was thrown, leaves as one RFC 9457 problem; what we did not expect is logged, not told. */
import {
  type Problem,
  type ProblemCode,
  PROBLEM_MEDIA_TYPE,
  problems,
  problemType,
} from '@lodestone/api-contract';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
} from '@nestjs/common';
import type { Request, Response } from 'express';

import { requestIdOf } from './correlation-id.ts';
import { isDatabaseOutage } from '../database/database-outage.ts';
import { ProblemException, type ProblemFacts } from './problem.exception.ts';

const OUTAGE_RETRY_SECONDS = 2;

/** What the framework and the body parser mean by their statuses. */
const CODE_OF_STATUS: Readonly<Record<number, ProblemCode>> = {
  401: 'session.required',
  403: 'access.denied',
  404: 'not-found',
  413: 'request.too-large',
  415: 'request.media-type',
  429: 'rate.limited',
  503: 'unavailable',
};

@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { code, facts } = problemOf(error);

    this.#log(code, error, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }

    const language = request.acceptsLanguages('en', 'ja') === 'ja' ? 'ja' : 'en';
    const { status, title } = problems[code];
    const { retryAfterSeconds, missing, ...rest } = facts;
    const problem: Problem = {
      type: problemType(code),
      title: title[language],
      status,
      code,
      ...rest,
      ...(missing && { missing: [...missing] }),
      requestId: requestIdOf(response),
    };

    response.status(status);
    response.vary('Accept-Language');
    response.setHeader('Content-Language', language);
    response.setHeader('Cache-Control', 'no-store');
    if (retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', String(Math.max(1, Math.ceil(retryAfterSeconds))));
    }
    response.setHeader('Content-Type', `${PROBLEM_MEDIA_TYPE}; charset=utf-8`);
    response.end(JSON.stringify(problem));
  }

  #log(code: ProblemCode, error: unknown, request: Request): void {
    const line = `${request.method} ${request.path}: ${String(error)} (request ${requestIdOf(request.res)})`;

    if (code === 'internal') {
      this.#logger.error(line, error instanceof Error ? error.stack : undefined);
    } else if (code === 'unavailable') {
      this.#logger.warn(line);
    }
  }
}

function problemOf(error: unknown): { readonly code: ProblemCode; readonly facts: ProblemFacts } {
  if (error instanceof ProblemException) return { code: error.code, facts: error.facts };
  if (isDatabaseOutage(error)) {
    return { code: 'unavailable', facts: { retryAfterSeconds: OUTAGE_RETRY_SECONDS } };
  }

  return { code: codeOfStatus(statusOfError(error)), facts: {} };
}

function statusOfError(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  // Errors of the body parser and the static server: they say themselves whether the caller may know.
  if (error instanceof Error && 'expose' in error && error.expose === true && 'status' in error) {
    return Number(error.status);
  }

  return 500;
}

function codeOfStatus(status: number): ProblemCode {
  const code = CODE_OF_STATUS[status];

  if (code !== undefined) return code;

  return status >= 400 && status < 500 ? 'request.malformed' : 'internal';
}
