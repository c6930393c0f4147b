/** Serves the built web client: hashed files for ever, the page itself always asked again, every screen's address. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import express, { type RequestHandler, Router } from 'express';

const PAGE = 'index.html';
/** Vite puts the content's hash into the name of everything below this folder. */
const HASHED_FOLDER = 'assets';
const FOR_EVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/** Addresses that belong to the server: never answered with the page. */
const OURS = /^\/(api|socket\.io|metrics|assets)(\/|$)/;

/** Scripts that stand in the page itself, as the content security policy names them. */
export function inlineScriptHashes(webRoot: string): readonly string[] {
  const page = readPage(webRoot);
  const scripts = page.matchAll(/<script\b(?![^>]*\bsrc\s*=)[^>]*>([\s\S]*?)<\/script>/gi);

  return [...scripts]
    .map(([, script = '']) => script)
    .filter((script) => script.trim() !== '')
    .map((script) => `sha256-${createHash('sha256').update(script).digest('base64')}`);
}

export function webClient(webRoot: string): RequestHandler {
  const router = Router();

  router.use(
    express.static(webRoot, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => {
        const [folder] = path.relative(webRoot, file).split(path.sep);

        response.setHeader('Cache-Control', folder === HASHED_FOLDER ? FOR_EVER : ASK_AGAIN);
      },
    }),
  );
  router.use((request, response, next) => {
    const isPage = ['GET', 'HEAD'].includes(request.method) && !OURS.test(request.path);

    if (!isPage || request.accepts(['html', 'json']) !== 'html') {
      next();
      return;
    }

    response.setHeader('Cache-Control', ASK_AGAIN);
    response.sendFile(PAGE, { root: webRoot, cacheControl: false }, (error?: Error) => {
      if (error && !response.headersSent) next();
    });
  });

  return router;
}

function readPage(webRoot: string): string {
  try {
    return readFileSync(path.join(webRoot, PAGE), 'utf8');
  } catch (error) {
    // Under development Vite serves the page, and there is none here.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
