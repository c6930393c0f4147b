/** Keys that belong to an input method: the Enter that ends a Japanese conversion commits nothing. */
import type { KeyboardEvent } from 'react';

/** What Chromium reports as the code of a key that the input method has taken. */
const takenByInputMethod = 229;

export function isFromInputMethod(event: KeyboardEvent): boolean {
  // Safari ends the composition before its last key arrives, and tells of it by the old code alone.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.nativeEvent.isComposing || event.keyCode === takenByInputMethod;
}
