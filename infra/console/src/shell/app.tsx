import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Spinner from '@cloudscape-design/components/spinner';
import { Suspense, useEffect, useState } from 'react';
import { type ConsoleConfig, readConfig } from '../session/console-config.ts';
import { keptSession, type Session } from '../session/session.ts';
import { finishSignIn, signIn } from '../session/sign-in.ts';
import { lazy } from './lazy.ts';
import { PageBoundary } from './page-boundary.tsx';

/** The frame and what all pages share. The page of the sign-in needs none of it. */
const loadFrame = () => import('./frame.tsx').then((at) => ({ default: at.Frame }));
const Frame = lazy(loadFrame);
/** Loads the frame before it is drawn. Where that fails, the drawing tries again, and says so. */
const loadFrameEarly = (): void => void loadFrame().catch(() => undefined);

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
  if (state.at === 'opening') return <Opening />;
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
    <PageBoundary path="">
      <Suspense fallback={<Opening />}>
        <Frame config={state.config} session={state.session} />
      </Suspense>
    </PageBoundary>
  );
}

const Opening = () => (
  <Box margin="xxl" textAlign="center">
    <Spinner size="large" /> Opening the console
  </Box>
);

async function open(): Promise<State> {
  const returns = location.pathname === '/console/signed-in';
  const session = keptSession(Date.now());
  if (returns || session !== undefined) loadFrameEarly();
  const config = await readConfig();
  if (returns) {
    try {
      const { session: now, page } = await finishSignIn(config);
      history.replaceState(null, '', page);
      return { at: 'signed-in', config, session: now };
    } catch (error) {
      history.replaceState(null, '', '/console/');
      return { at: 'signed-out', config, problem: (error as Error).message };
    }
  }
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
  // While the person is at the issuer, the frame is here already.
  useEffect(loadFrameEarly, []);
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
