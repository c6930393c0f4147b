/** Arbitraries and stand-ins for tests of whatever works with values: every kind of field, births, known titles. */
export { birthOf, valueOf } from './arbitraries.ts';
export { surroundings, type KnownSurroundings } from './surroundings.ts';
