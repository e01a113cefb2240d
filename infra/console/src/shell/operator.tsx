import { createContext, useContext } from 'react';
import type { Api } from '../api/client.ts';

/** Who is signed in, and what this person may do. */
export interface Operator {
  readonly api: Api;
  may(scope: string): boolean;
  /** Shows a message at the top until it is closed. */
  say(notice: { readonly type: 'success' | 'error'; readonly text: string }): void;
}

const Context = createContext<Operator | undefined>(undefined);
export const OperatorProvider = Context.Provider;

export function useOperator(): Operator {
  const operator = useContext(Context);
  if (operator === undefined) throw new Error('pages are shown to a signed-in operator');
  return operator;
}
