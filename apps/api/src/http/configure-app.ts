/** Everything between the socket and the controllers, in its order. Called once, before the application listens. */
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

import { OriginPolicy } from '../auth/origin-policy.ts';
import { SessionStore } from '../auth/session-store.ts';
import type { ServingConfig } from '../config/config.token.ts';
import { correlationId } from './correlation-id.ts';
import { jsonOnly } from './json-only.ts';
import { ProblemFilter } from './problem.filter.ts';
import { securityHeaders } from './security-headers.ts';
import { inlineScriptHashes, webClient } from './web-client.ts';

const MAXIMUM_BODY = '256kb';
/** Answers without a session, so that it can answer without a database. */
const HEALTH = /^\/health(\/|$)/;

/** Create the application with `bodyParser: false`: of bodies, JSON alone is read. */
export function configureApp(app: NestExpressApplication, config: ServingConfig): void {
  const origins = app.get(OriginPolicy);
  const { middleware: session } = app.get(SessionStore);

  // TLS ends at a proxy, whose last word on the client's address and scheme is taken; without one nobody's is.
  app.set('trust proxy', config.usesTls ? 1 : false);
  app.set('etag', false);
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter());
  app.use(correlationId);
  app.use(
    securityHeaders({
      usesTls: config.usesTls,
      scriptHashes: inlineScriptHashes(config.webRoot),
      origins: () => origins.allowed(),
    }),
  );
  app.use(webClient(config.webRoot));
  app.use('/api', noStore);
  app.use('/api', jsonOnly);
  app.use('/api', (request: Request, response: Response, next: NextFunction) => {
    if (HEALTH.test(request.path)) next();
    else session(request, response, next);
  });
  app.useBodyParser('json', { limit: MAXIMUM_BODY });
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}
