import type { PartnerAnswer } from '../partner.ts';
import { answerPage, escapeHtml } from './layout.ts';

/** The page on which a shopper pays: the bank, the wallet, the app or the counter of a sandbox. All texts are plain. */
export interface ShopperPage {
  /** Whose page it is, such as `Your bank`. */
  readonly title: string;
  /** What the shopper does here, in a sentence. */
  readonly text: string;
  /** The amount as a person reads it: `17.14 EUR`. */
  readonly amount: string;
  /** What else the page says of the payment: names and values. */
  readonly details: readonly (readonly [name: string, value: string])[];
  /** What can be chosen: addresses, and the texts of their links. The first is the usual one. */
  readonly choices: readonly (readonly [href: string, text: string])[];
  /** What has happened, or why there is nothing to choose. */
  readonly said?: string | undefined;
}

/** A page with one card: the amount, what it is for, and a button for each choice. */
export function shopperPage(page: ShopperPage): PartnerAnswer {
  const { title, text, amount, details, choices, said } = page;
  const rows = details.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`);
  const links = choices.map(
    ([href, label], place) =>
      `<a class="${place === 0 ? 'button' : 'button plain'}" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`,
  );
  return answerPage(
    title,
    `<section class="till">
<p class="amount">${escapeHtml(amount)}</p>
<p>${escapeHtml(text)}</p>
${said === undefined ? '' : `<p class="said" role="status">${escapeHtml(said)}</p>`}
<dl>${rows.join('')}</dl>
<div class="choices">${links.join('\n')}</div>
<p class="quiet">A sandbox on this machine: no money moves.</p>
</section>`,
  );
}

/** An amount in minor units of ISO 4217 for {@link ShopperPage}: `17.14 EUR`, `1200 JPY`. */
export function minorText(amountMinor: number, currency: string): string {
  const { maximumFractionDigits: digits = 2 } = new Intl.NumberFormat('en', {
    ...{ style: 'currency', currency },
  }).resolvedOptions();
  return `${(amountMinor / 10 ** digits).toFixed(digits)} ${currency}`;
}
