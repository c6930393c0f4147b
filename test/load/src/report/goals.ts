/** What is to be reached, as data: a figure of Lodestone at or below a number, or below a share of somebody else's. */
import type { ContenderName } from '../servers/contenders.ts';
import type { ScenarioName } from '../scenarios/scenarios.ts';
import type { FigureName } from './figures.ts';

export interface Goal {
  readonly scenario: ScenarioName;
  readonly says: string;
  readonly figure: FigureName;
  /** With it the goal is a ratio, taken in each round and then in the middle. */
  readonly against?: { readonly contender: ContenderName; readonly figure?: FigureName };
  readonly atMost: number;
}

const hocuspocus = { contender: 'hocuspocus' } as const;

export const goals: readonly Goal[] = [
  {
    scenario: 'fan-out',
    says: 'server CPU per delivery, to Hocuspocus memory only',
    figure: 'cpuPerDelivery',
    against: hocuspocus,
    atMost: 0.5,
  },
  { scenario: 'fan-out', says: 'p99 to the probe, ms', figure: 'sightP99', atMost: 45 },
  { scenario: 'fan-out', says: 'nothing missing', figure: 'missing', atMost: 0 },
  {
    scenario: 'fan-out',
    says: 'acknowledged-durable p50 at 1,000 updates/s, ms',
    figure: 'ackP50',
    atMost: 5,
  },
  {
    scenario: 'fan-out',
    says: 'acknowledged-durable p99 at 1,000 updates/s, ms',
    figure: 'ackP99',
    atMost: 20,
  },
  {
    scenario: 'quiet',
    says: 'server CPU per delivery, to Hocuspocus memory only',
    figure: 'cpuPerDelivery',
    against: hocuspocus,
    atMost: 1,
  },
  { scenario: 'quiet', says: 'p50 to the probe, ms', figure: 'sightP50', atMost: 8 },
  {
    scenario: 'compartments',
    says: 'server CPU per delivery, to Hocuspocus memory only',
    figure: 'cpuPerDelivery',
    against: hocuspocus,
    atMost: 1.2,
  },
  {
    scenario: 'admission',
    says: 'inspect, to Y.applyUpdate',
    figure: 'inspectUs',
    against: { contender: 'lodestone', figure: 'applyUs' },
    atMost: 1,
  },
  { scenario: 'open', says: 'server CPU from snapshot, ms', figure: 'openCpuMs', atMost: 150 },
  { scenario: 'browser', says: 'rows visible, cold, ms', figure: 'rowsColdMs', atMost: 1_500 },
  {
    scenario: 'browser',
    says: 'rows visible, from the local store, ms',
    figure: 'rowsWarmMs',
    atMost: 500,
  },
  { scenario: 'presence', says: 'server, % of a core', figure: 'serverShare', atMost: 15 },
  {
    scenario: 'idle',
    says: 'memory per connection, to Hocuspocus',
    figure: 'kibPerConnection',
    against: hocuspocus,
    atMost: 1.2,
  },
  {
    scenario: 'soak',
    says: 'memory of the last fifth, to the middle one',
    figure: 'memoryGrowth',
    atMost: 1.1,
  },
  {
    scenario: 'soak',
    says: 'open handles of the last fifth, less those of the middle one',
    figure: 'handleGrowth',
    atMost: 2,
  },
];
