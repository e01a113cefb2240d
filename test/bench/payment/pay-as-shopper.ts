import type { ShownProvider } from '../../../infra/sandbox/find-checkout.ts';

export interface NextAction {
  readonly type: string;
  readonly clientSecret?: string;
  readonly url?: string;
}

interface Started {
  readonly paymentId: string;
  readonly method: string;
  readonly nextAction: NextAction;
}

/** The script of a provider for the page of the sample shop. */
interface PageScript {
  confirmPayment(asked: object): Promise<NextAction>;
}

const CARD = { expiry: '12/40', cvc: '123' };
const RETURN_URL = 'https://shop.example/thanks';

/** Does what the started payment asks a shopper for, at the pages of the provider's sandbox. The shopper pays. */
export async function payAsShopper(
  { url, pageScript, testCards }: ShownProvider,
  { paymentId, method, nextAction }: Started,
): Promise<void> {
  let next = nextAction;
  if (next.type === 'confirm') {
    if (pageScript === undefined) throw new Error('the provider has no script for a page');
    const script = (await import(pageScript.href)) as PageScript;
    const card = { ...CARD, number: testCards?.[0]?.number };
    const { clientSecret } = next;
    next = await script.confirmPayment({ url, clientSecret, method, card, returnUrl: RETURN_URL });
  }
  if (next.type === 'none') return;
  await choosePay(
    next.type === 'redirect' && next.url !== undefined
      ? next.url
      : `${url}/sandbox/shopper?payment=${paymentId}`,
  );
}

/** The first choice of the page of a sandbox is that the shopper pays. */
async function choosePay(address: string): Promise<void> {
  const shown = await fetch(address);
  const [, href] = /<a class="button" href="(\?[^"]+)"/.exec(await shown.text()) ?? [];
  if (href === undefined) throw new Error(`no choice on ${address}`);
  const choice = new URL(href.replaceAll('&amp;', '&'), shown.url);
  const answer = await fetch(choice, { redirect: 'manual' });
  await answer.arrayBuffer();
}
