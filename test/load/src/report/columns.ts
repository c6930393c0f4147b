/** The columns of a scenario's table: figures that are read together share one. */
import type { FigureName } from './figures.ts';

export interface Column {
  readonly label: string;
  readonly figures: readonly FigureName[];
}

export const columns: readonly Column[] = [
  { label: 'server CPU us/delivery', figures: ['cpuPerDelivery'] },
  { label: 'PostgreSQL CPU us/delivery', figures: ['postgresPerDelivery'] },
  { label: 'inspect us', figures: ['inspectUs'] },
  { label: 'Y.applyUpdate us', figures: ['applyUs'] },
  { label: 'diff us', figures: ['diffUs'] },
  { label: 'server CPU ms', figures: ['openCpuMs'] },
  { label: 'until answered ms', figures: ['openMs'] },
  { label: 'document KiB', figures: ['documentKiB'] },
  { label: 'cold ms', figures: ['rowsColdMs'] },
  { label: 'from the local store ms', figures: ['rowsWarmMs'] },
  { label: 'KiB per connection', figures: ['kibPerConnection'] },
  { label: 'sight p50 / p99 ms', figures: ['sightP50', 'sightP99'] },
  { label: 'ack p50 / p99 ms', figures: ['ackP50', 'ackP99'] },
  { label: 'messages/s per observer', figures: ['messagesPerObserver'] },
  { label: 'RSS MiB', figures: ['rssMiB'] },
  { label: 'memory, end to middle', figures: ['memoryGrowth'] },
  { label: 'handles, end less middle', figures: ['handleGrowth'] },
  { label: 'missing', figures: ['missing'] },
  {
    label: '% of a core: server / generator / others',
    figures: ['serverShare', 'generatorShare', 'othersShare'],
  },
];
