/** Which origins may call: the same answer for HTTP and for the socket's handshake. */
import type { AddressInfo } from 'node:net';

import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Server } from 'node:http';

import { APP_CONFIG, type ServingConfig } from '../config/config.token.ts';

@Injectable()
export class OriginPolicy {
  constructor(
    @Inject(APP_CONFIG) private readonly config: ServingConfig,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Empty until the port is open. */
  allowed(): readonly string[] {
    const server = this.adapterHost.httpAdapter.getHttpServer() as Server;
    const address = server.address() as AddressInfo | null;

    return address === null ? [] : this.config.allowedOrigins(address.port);
  }

  /** For sockets, which bring a cookie past every same-origin rule: an absent Origin is refused. */
  isAllowedOrigin(origin: string | undefined): boolean {
    return origin !== undefined && this.allowed().includes(origin);
  }

  /**
   * For calls that change something. Browsers always send Origin with them, or at least Sec-Fetch-Site; a program that
   * sends neither carries nobody's cookie but its own.
   */
  isAllowedCall(headers: { readonly origin?: string; readonly fetchSite?: string }): boolean {
    if (headers.origin !== undefined) return this.isAllowedOrigin(headers.origin);

    return headers.fetchSite === undefined || ['same-origin', 'none'].includes(headers.fetchSite);
  }
}
