import type { Plugin } from 'esbuild';

/** The namespace of what is left out, and what takes its place. */
export const LEFT_OUT = 'left-out';
export const leftOut =
  "throw new Error('the bundles hold no event streams, see infra/constructs/bundling/no-event-streams.ts');";

/**
 * Leaves the SDK's code for event streams out. The SDK imports it when an operation has an event stream, and none that
 * we call has one. If one is called all the same, it fails with an error that names this file.
 */
export const noEventStreams: Plugin = {
  name: 'no-event-streams',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, namespace: LEFT_OUT } : undefined,
    );
    onLoad({ filter: /.*/, namespace: LEFT_OUT }, () => ({ contents: leftOut }));
  },
};
