import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { NotLoaded } from './lazy.ts';

interface Props {
  /** Where the person is. At another address the pages are drawn again. */
  readonly path: string;
  readonly children: ReactNode;
}

interface State {
  readonly path: string;
  readonly error: Error | undefined;
}

/** Shows a message in the place of a page that fails. The frame and its navigation stay. */
export class PageBoundary extends Component<Props, State> {
  override state: State = { path: this.props.path, error: undefined };

  static getDerivedStateFromError(error: Error): Pick<State, 'error'> {
    return { error };
  }

  static getDerivedStateFromProps({ path }: Props, state: State): State | null {
    return path === state.path ? null : { path, error: undefined };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <PageFailed error={error} />;
  }
}

function PageFailed({ error }: { readonly error: Error }) {
  const missing = error instanceof NotLoaded;
  return (
    <>
      <Box variant="h1" padding={{ bottom: 's' }}>
        This page can't be shown
      </Box>
      <Alert
        type="error"
        header={missing ? 'A part of the console was not loaded' : 'The console has a fault here'}
        action={<Button onClick={() => location.reload()}>Reload</Button>}
      >
        {missing
          ? 'A new version of the console may have taken its place, or your connection is lost. Reload to go on. You stay signed in.'
          : 'Reload, or open another page. If it comes back, tell those who run this backend: '}
        {missing ? null : <Box variant="code">{error.message}</Box>}
      </Alert>
    </>
  );
}
