/** The headers that tell browsers what our pages may do: scripts of ours alone, no frames, no plug-ins. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const YEAR_SECONDS = 31_536_000;

interface SecurityHeadersOptions {
  readonly usesTls: boolean;
  /** `sha256-...` of the scripts that stand inside index.html. */
  readonly scriptHashes: readonly string[];
  /** Asked at each request, since the port may be known only once it is open. */
  readonly origins: () => readonly string[];
}

export function securityHeaders(options: SecurityHeadersOptions): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...options.scriptHashes.map((hash) => `'${hash}'`)],
        scriptSrcAttr: ["'none'"],
        // Mantine writes its variables and responsive styles as style elements and attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        // Some browsers do not let 'self' stand for the WebSocket of the same origin.
        connectSrc: ["'self'", () => options.origins().map(toSocketOrigin).join(' ')],
        workerSrc: ["'self'", 'blob:'],
        manifestSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: options.usesTls && { maxAge: YEAR_SECONDS, includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  });
}

function toSocketOrigin(origin: string): string {
  return origin.replace(/^http/, 'ws');
}
