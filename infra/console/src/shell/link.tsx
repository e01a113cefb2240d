import CloudscapeLink from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';

/** A link to another page of the console. It opens without loading the console again. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  const [, go] = useLocation();
  return (
    <CloudscapeLink
      href={`/console${to}`}
      onFollow={(event) => {
        event.preventDefault();
        go(to);
      }}
    >
      {children}
    </CloudscapeLink>
  );
}
