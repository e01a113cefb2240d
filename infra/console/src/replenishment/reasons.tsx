import Table from '@cloudscape-design/components/table';
import type { Schema } from '../api/client.ts';
import { money, words } from '../shell/words.ts';
import { figure } from './words.ts';

type Reason = Schema<'ReplenishmentReason'>;

/** What each figure of a proposal means, for who does not know its name. */
const SAYS: Readonly<Record<string, string>> = {
  method: 'How demand is forecast',
  forecast: 'Demand in the days at risk',
  'lead-time': 'Days from the order to the shelf',
  'risk-days': 'Days that this order has to last: lead time and time until the next review',
  'service-level': 'How likely the stock lasts until the next arrival',
  'guaranteed-service': 'Days within which the site that feeds this one serves it',
  'net-lead-time': 'Days that this site has to cover by its own stock',
  'safety-stock': 'Units above the forecast, against demand and delays that differ from it',
  'reorder-point': 'An order is due at this position or below',
  'order-up-to': 'Up to here the position is filled',
  position: 'What is here and coming, less what is promised',
  need: 'Units that are missing to the reorder point',
  'order-quantity': 'Quantity with the lowest yearly cost of ordering and holding',
  'pack-rounding': 'In whole cases, and at least what the supplier asks for',
  expiry: 'No more than what sells before it expires',
  cover: 'How long all of it lasts',
  cost: 'What it costs',
  limit: 'What a budget, a container or a dock has room for',
  receipt: 'When the dock takes it in',
  transfer: 'What another warehouse gives',
};

const UNITS = { units: ' units', days: ' days', probability: '', money: '' } as const;

/** Each figure behind a quantity, what it means, and how it comes about. */
export function Reasons({ of, reasons }: { readonly of: string; readonly reasons: readonly Reason[] }) {
  return (
    <Table
      variant="embedded"
      wrapLines
      items={reasons}
      ariaLabels={{ tableLabel: `Why ${of}` }}
      empty="No figures: a person asked for it"
      columnDefinitions={[
        {
          ...{ id: 'code', header: 'Figure', isRowHeader: true, minWidth: 130 },
          cell: ({ code }) => words(code),
        },
        { id: 'is', header: 'Is', minWidth: 120, cell: figureText },
        { id: 'because', header: 'Because', minWidth: 220, cell: ({ formula }) => formula },
        { id: 'means', header: 'What it means', minWidth: 220, cell: ({ code }) => SAYS[code] ?? '–' },
      ]}
    />
  );
}

const figureText = ({ figure: is, unit }: Reason): string =>
  typeof is === 'number' ? `${figure(is)}${UNITS[unit]}` : money(is);

/** The reasons of a stored proposal, which are lines such as `need: 42 units = 202 reorder point - 160 position`. */
export function ReasonLines({ of, lines }: { readonly of: string; readonly lines: readonly string[] }) {
  const rows = lines.map((line) => {
    const [, code = '', is = line, because = ''] = /^([a-z-]+): (.*?)(?: = (.*))?$/.exec(line) ?? [];
    return { code, is, because };
  });
  return (
    <Table
      variant="embedded"
      wrapLines
      items={rows}
      ariaLabels={{ tableLabel: `Why ${of}` }}
      empty="No figures: a person asked for it"
      columnDefinitions={[
        {
          ...{ id: 'code', header: 'Figure', isRowHeader: true, minWidth: 130 },
          cell: ({ code }) => words(code) || '–',
        },
        { id: 'is', header: 'Is', minWidth: 120, cell: ({ is }) => is },
        { id: 'because', header: 'Because', minWidth: 220, cell: ({ because }) => because || '–' },
        { id: 'means', header: 'What it means', minWidth: 220, cell: ({ code }) => SAYS[code] ?? '–' },
      ]}
    />
  );
}
