/** Who is measured, by name, and what each promises of an edit that others see. */
import type { LodestoneSite } from './lodestone.ts';
import { hocuspocus, hocuspocusDatabase, relay, startPeer, yWebsocket } from './peer.ts';
import type { Needs, RunningServer } from './running-server.ts';
import type { Stage } from './stage.ts';

/** Figures of different classes are never compared without saying so. */
type Durability =
  'committed before it is seen' | 'stored 2-10 s later' | 'memory only' | 'nothing kept';

export interface Contender {
  readonly label: string;
  readonly durability: Durability;
  readonly usesPostgres: boolean;
  start(stage: Stage, site: LodestoneSite, needs: Needs): Promise<RunningServer>;
}

export const contenders = {
  lodestone: {
    label: 'Lodestone',
    durability: 'committed before it is seen',
    usesPostgres: true,
    start: (_stage, site, needs) => site.start(needs),
  },
  hocuspocus: {
    label: 'Hocuspocus 4.7',
    durability: 'memory only',
    usesPostgres: false,
    start: (stage, _site, needs) => startPeer(hocuspocus, stage, needs),
  },
  'hocuspocus-database': {
    label: 'Hocuspocus 4.7 + Database',
    durability: 'stored 2-10 s later',
    usesPostgres: true,
    start: (stage, _site, needs) => startPeer(hocuspocusDatabase, stage, needs),
  },
  'y-websocket': {
    label: 'y-websocket 2.1',
    durability: 'memory only',
    usesPostgres: false,
    start: (stage, _site, needs) => startPeer(yWebsocket, stage, needs),
  },
  relay: {
    label: 'Socket.IO relay',
    durability: 'nothing kept',
    usesPostgres: false,
    start: (stage, _site, needs) => startPeer(relay, stage, needs),
  },
} as const satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
