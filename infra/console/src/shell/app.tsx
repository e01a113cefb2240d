import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import { type ConsoleConfig, readConfig } from '../session/console-config.ts';
import { keptSession, type Session } from '../session/session.ts';
import { finishSignIn, signIn } from '../session/sign-in.ts';
import { SignedIn } from './signed-in.tsx';

/** Answers are old after ten seconds. A refusal is shown at once; only a lost connection is tried again. */
const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, retry: (count, error) => count < 2 && error instanceof TypeError },
  },
});

type State =
  | { readonly at: 'opening' }
  | { readonly at: 'signed-out'; readonly config: ConsoleConfig; readonly problem?: string }
  | { readonly at: 'signed-in'; readonly config: ConsoleConfig; readonly session: Session }
  | { readonly at: 'broken'; readonly problem: string };

/** The console: who is not signed in is sent to the issuer first. */
export function App() {
  const [state, setState] = useState<State>({ at: 'opening' });
  useEffect(() => {
    open().then(setState, (error: Error) => setState({ at: 'broken', problem: error.message }));
  }, []);
  if (state.at === 'opening')
    return (
      <Box margin="xxl" textAlign="center">
        <Spinner size="large" /> Opening the console
      </Box>
    );
  if (state.at === 'broken')
    return (
      <Box margin="xxl">
        <Alert type="error" header="The console can't be opened">
          {state.problem}
        </Alert>
      </Box>
    );
  if (state.at === 'signed-out') return <SignedOut config={state.config} problem={state.problem} />;
  return (
    <QueryClientProvider client={queries}>
      <Router base="/console">
        <SignedIn config={state.config} session={state.session} />
      </Router>
    </QueryClientProvider>
  );
}

async function open(): Promise<State> {
  const config = await readConfig();
  if (location.pathname === '/console/signed-in') {
    try {
      const { session, page } = await finishSignIn(config);
      history.replaceState(null, '', page);
      return { at: 'signed-in', config, session };
    } catch (error) {
      history.replaceState(null, '', '/console/');
      return { at: 'signed-out', config, problem: (error as Error).message };
    }
  }
  const session = keptSession(Date.now());
  return session === undefined ? { at: 'signed-out', config } : { at: 'signed-in', config, session };
}

function SignedOut({
  config,
  problem,
}: {
  readonly config: ConsoleConfig;
  readonly problem: string | undefined;
}) {
  const [failure, setFailure] = useState(problem);
  return (
    <main>
      <Box margin="xxl" textAlign="center">
        <Box variant="h1" padding="l">
          Entrepot console
        </Box>
        {failure === undefined ? null : (
          <Alert type="error" header="The sign-in failed">
            {failure}
          </Alert>
        )}
        <Box padding="l">
          <Button
            variant="primary"
            onClick={() => signIn(config).catch((error: Error) => setFailure(error.message))}
          >
            Sign in
          </Button>
        </Box>
      </Box>
    </main>
  );
}
