import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { Router } from 'wouter';
import type { ConsoleConfig } from '../session/console-config.ts';
import type { Session } from '../session/session.ts';
import { SignedIn } from './signed-in.tsx';

/**
 * Answers are old after ten seconds. A refusal is shown at once; only a lost connection is tried again. Without a
 * connection a call fails, and the person is told: the library would wait in silence.
 */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      ...{ staleTime: 10_000, networkMode: 'always' },
      retry: (count, error) => count < 2 && error instanceof TypeError,
    },
    mutations: { networkMode: 'always' },
  },
});

interface Props {
  readonly config: ConsoleConfig;
  readonly session: Session;
}

/** Everything that only a signed-in person needs. It is a script of its own, which the sign-in does not wait for. */
export function Frame(props: Props) {
  return (
    <QueryClientProvider client={queries}>
      <Router base="/console">
        <SignedIn {...props} />
      </Router>
    </QueryClientProvider>
  );
}
