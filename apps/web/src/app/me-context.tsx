/** The signed-in person, for the screens behind the sign-in. */
import { createContext, use } from 'react';
import type { Me } from '../session/api-client.ts';

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = use(MeContext);
  if (me === null) throw new Error('Nobody is signed in here.');

  return me;
}
