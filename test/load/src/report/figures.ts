/** Every figure that a run can give, and to how many places it is meant. */
export const figures = {
  /** Microseconds of the server's CPU for each update that reached an observer. */
  cpuPerDelivery: { digits: 2 },
  postgresPerDelivery: { digits: 2 },
  /** From the making of a value to a probe that has applied it, milliseconds. */
  sightP50: { digits: 1 },
  sightP99: { digits: 1 },
  /** From sending an update to its answer, milliseconds. What the answer promises differs by server. */
  ackP50: { digits: 1 },
  ackP99: { digits: 1 },
  updatesPerSecond: { digits: 0 },
  messagesPerObserver: { digits: 1 },
  rssMiB: { digits: 0 },
  /** Values that never reached the worst probe, and observers whom somebody's last value never reached. */
  missing: { digits: 0 },
  refused: { digits: 0 },
  serverShare: { digits: 0 },
  generatorShare: { digits: 0 },
  /** Whoever else was on the machine: above a few per cent it was not quiet. */
  othersShare: { digits: 0 },
  stolenMs: { digits: 0 },
  kibPerConnection: { digits: 1 },
  inspectUs: { digits: 1 },
  applyUs: { digits: 1 },
  diffUs: { digits: 1 },
  openCpuMs: { digits: 0 },
  openMs: { digits: 0 },
  documentKiB: { digits: 0 },
  rowsColdMs: { digits: 0 },
  rowsWarmMs: { digits: 0 },
  memoryGrowth: { digits: 2 },
  handleGrowth: { digits: 0 },
} as const satisfies Record<string, { readonly digits: number }>;

export type FigureName = keyof typeof figures;

/** What one run of one contender gave. */
export type Figures = Readonly<Partial<Record<FigureName, number>>>;
