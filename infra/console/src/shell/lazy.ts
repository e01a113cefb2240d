import { type ComponentType, lazy as reactLazy } from 'react';

/** The script of a page was not loaded: the connection is lost, or a newer console has taken its place. */
export class NotLoaded extends Error {}

// biome-ignore lint/suspicious/noExplicitAny: the router gives each page its own parameters
type AnyPage = ComponentType<any>;

/** A page whose script is loaded when it is first shown. Where it can't be, drawing it throws {@link NotLoaded}. */
export function lazy<Page extends AnyPage>(load: () => Promise<{ readonly default: Page }>) {
  return reactLazy(() =>
    load().catch((cause: unknown) => {
      throw new NotLoaded('the script of the page was not loaded', { cause });
    }),
  );
}
