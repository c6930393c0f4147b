/** Every HTTP handler of an application, read from Nest's metadata. */
import { type INestApplication, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/internal';
import { ModulesContainer, Reflector } from '@nestjs/core';

import { IS_PUBLIC } from '../../auth/public.decorator.ts';

export interface Handler {
  /** As `GET /api/me`. */
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
}

export function handlersOf(app: INestApplication): readonly Handler[] {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].map(({ metatype }) => metatype),
  );

  return controllers.flatMap((controller) => {
    if (typeof controller !== 'function') return [];
    const prototype = controller.prototype as Record<string, unknown>;
    const methods = Object.getOwnPropertyNames(prototype)
      .filter((name) => name !== 'constructor')
      .map((name) => prototype[name])
      .filter((method) => typeof method === 'function')
      .filter((method) => Reflect.hasMetadata(PATH_METADATA, method));

    return methods.map((handler) => {
      const target = handler as () => unknown;
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, target) as RequestMethod];
      const path = [controller, target].map((part) => pathOf(part)).join('');

      return {
        route: `${method} ${path}`,
        method,
        path,
        isPublic:
          reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [target, controller]) ??
          false,
      };
    });
  });
}

function pathOf(target: object): string {
  const path = (Reflect.getMetadata(PATH_METADATA, target) as string | undefined) ?? '';
  const trimmed = path.replace(/^\/|\/$/g, '');

  return trimmed === '' ? '' : `/${trimmed}`;
}
