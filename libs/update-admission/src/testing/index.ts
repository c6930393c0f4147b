/** Updates that no honest client writes, for tests of whatever stands in front of this library. */
export { craft, type CraftedItem, type CraftedUpdate } from './crafted-update.ts';
export { breakBytes, diceOf, makeUp, type Dice, type Target } from './hostile-edit.ts';
