import AppLayout from '@cloudscape-design/components/app-layout';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import Modal from '@cloudscape-design/components/modal';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import Spinner from '@cloudscape-design/components/spinner';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { Suspense, useEffect, useMemo, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { createApi } from '../api/client.ts';
import type { ConsoleConfig } from '../session/console-config.ts';
import { forgetSession, type Session } from '../session/session.ts';
import { signIn } from '../session/sign-in.ts';
import { OperatorProvider } from './operator.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { type Page, pages, SECTIONS } from './pages.tsx';

interface Props {
  readonly config: ConsoleConfig;
  readonly session: Session;
}

/** The frame around every page: what the person may see, messages, and the end of the session. */
export function SignedIn({ config, session }: Props) {
  const [path, go] = useLocation();
  const [ended, setEnded] = useState(false);
  const [notices, setNotices] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => applyMode(dark ? Mode.Dark : Mode.Light), [dark]);
  useEffect(() => {
    const timer = setTimeout(() => setEnded(true), session.expiresAtMs - Date.now());
    return () => clearTimeout(timer);
  }, [session]);
  const operator = useMemo(() => {
    const drop = (id: string) => setNotices((now) => now.filter((one) => one.id !== id));
    return {
      api: createApi(session.accessToken, () => setEnded(true)),
      may: (scope: string) => session.scopes.includes(scope),
      say: ({ type, text }: { readonly type: 'success' | 'error'; readonly text: string }) => {
        const id = crypto.randomUUID();
        setNotices((now) => [
          ...now,
          {
            id,
            type,
            content: text,
            dismissible: true,
            dismissLabel: 'Close the message',
            onDismiss: () => drop(id),
          },
        ]);
      },
    };
  }, [session]);
  const shown = pages.filter(({ scope }) => operator.may(scope));
  return (
    <OperatorProvider value={operator}>
      <header id="top">
        <TopNavigation
          identity={{ title: 'Entrepot', href: '/console/' }}
          utilities={[
            { type: 'button', text: dark ? 'Light' : 'Dark', onClick: () => setDark(!dark) },
            { type: 'button', text: 'Sign out', onClick: signOut },
          ]}
        />
      </header>
      <AppLayout
        toolsHide
        headerSelector="#top"
        ariaLabels={{
          navigation: 'Pages',
          navigationToggle: 'Open the pages',
          navigationClose: 'Close the pages',
        }}
        navigation={
          <SideNavigation
            activeHref={activeOf(path, shown)}
            items={SECTIONS.flatMap((section) => sectionOf(section, shown))}
            onFollow={(event) => {
              event.preventDefault();
              go(event.detail.href);
            }}
          />
        }
        notifications={<Flashbar items={[...notices]} />}
        content={
          <PageBoundary path={path}>
            <Suspense fallback={<Spinner size="large" />}>
              <Switch>
                {shown.map(({ path: route, page: Page }) => (
                  <Route key={route} path={route} component={Page} />
                ))}
                <Route>
                  <Box variant="h1">This page does not exist, or you may not see it.</Box>
                </Route>
              </Switch>
            </Suspense>
          </PageBoundary>
        }
      />
      <SessionEnded visible={ended} config={config} />
    </OperatorProvider>
  );
}

/** What was typed stays in the page behind the message until the person leaves for the issuer. */
function SessionEnded({ visible, config }: { readonly visible: boolean; readonly config: ConsoleConfig }) {
  return (
    <Modal
      visible={visible}
      header="Your session has ended"
      closeAriaLabel="Stay on the page"
      footer={
        <Button variant="primary" onClick={() => signIn(config)}>
          Sign in again
        </Button>
      }
    >
      Nothing was changed by your last action. Sign in again to return to this page.
    </Modal>
  );
}

/** The pages of a group that the person may see; nothing if there is none. */
function sectionOf(
  section: (typeof SECTIONS)[number],
  shown: readonly Page[],
): readonly SideNavigationProps.Section[] {
  const items = shown.flatMap(({ listed, href }) =>
    listed?.section === section ? [{ type: 'link', text: listed.text, href } as const] : [],
  );
  return items.length === 0 ? [] : [{ type: 'section', text: section, items }];
}

/** The page of the navigation that the path belongs to: the one that has most of it. */
function activeOf(path: string, shown: readonly Page[]): string {
  const fitting = shown.filter(({ href }) => path === href || path.startsWith(`${href}/`));
  return fitting.sort((a, b) => b.href.length - a.href.length)[0]?.href ?? '/orders';
}

function signOut(): void {
  forgetSession();
  location.assign('/console/');
}
