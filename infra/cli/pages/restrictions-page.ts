import { needsReview } from '../../../shared/duties/rule-book.ts';
import { builtinGoodsKinds, builtinRestrictionRows } from '../../../shared/restrictions/builtin.ts';
import { evidenceTitles } from '../../../shared/restrictions/evidence-types.ts';
import type { GoodsCase, Restriction } from '../../../shared/restrictions/schema.ts';

const nameOf = new Intl.DisplayNames('en', { type: 'region' });

/** The tables of docs/restricted-goods.md: every row under its destinations, and the kinds of goods. */
export function restrictionsTables(): string {
  const groups = Map.groupBy(builtinRestrictionRows, ({ destinations }) =>
    destinations === '*' ? 'Every destination' : destinations.map(placeOf).join(', '),
  );
  const tables = [...groups].map(([place, rows]) =>
    [
      `### ${place}`,
      '',
      '| rule | meaning | goods | conditions and transport | effect | law | source |',
      '|---|---|---|---|---|---|---|',
      ...rows.map(tableRow),
    ].join('\n'),
  );
  const kinds = [
    '### Kinds of goods',
    '',
    '| kind | meaning | recognised by |',
    '|---|---|---|',
    ...builtinGoodsKinds.map(({ kind, title, cases }) => `| ${kind} | ${title} | ${casesOf(cases)} |`),
  ].join('\n');
  return [...tables, kinds].join('\n\n');
}

const placeOf = (place: string) => (place === 'EU' ? 'European Union' : `${nameOf.of(place)} (${place})`);

function tableRow(row: Restriction): string {
  const { id, title, law, provenance } = row;
  const known = needsReview(row) ? `${provenance}, needs review${reviewOf(row)}` : provenance;
  return `| \`${id}\` | ${title} | ${goodsOf(row)} | ${whenOf(row)} | ${doesOf(row)} | ${law} | ${known} |`;
}

const reviewOf = ({ review }: Restriction) => (review === undefined ? '' : `: ${review}`);

function goodsOf({ kinds = [], cases = [], exceptKinds = [], origins }: Restriction): string {
  const parts = [kinds.join(', '), cases.length === 0 ? '' : casesOf(cases)].filter((part) => part !== '');
  const goods = parts.length === 0 ? 'all' : parts.join('; or ');
  const except = exceptKinds.length === 0 ? '' : `, not ${exceptKinds.join(', ')}`;
  if (origins === undefined) return goods + except;
  const from = 'only' in origins ? origins.only.join(', ') : `any except ${origins.except.join(', ')}`;
  return `${goods}${except}, origin ${from}`;
}

function casesOf(cases: readonly GoodsCase[]): string {
  return cases.map(caseOf).join('; or ');
}

function caseOf({ hsPrefixes = [], exceptHsPrefixes = [], attributes = [] }: GoodsCase): string {
  const codes = hsPrefixes.length === 0 ? [] : [`HS ${hsPrefixes.join(' ')}`];
  const except = exceptHsPrefixes.length === 0 ? [] : [`not HS ${exceptHsPrefixes.join(' ')}`];
  const stated = attributes.map(({ attribute, is, over, atMost, orUnknown }) => {
    const what =
      is === undefined
        ? over === undefined
          ? `${attribute} at most ${atMost}`
          : `${attribute} over ${over}`
        : `${attribute} ${is.join(' or ')}`;
    return orUnknown === true ? `${what} or not stated` : what;
  });
  return [...codes, ...except, ...stated].join(', ');
}

function whenOf({ validFrom, validTo, modes = [], channels = [], atTheBorder, within }: Restriction): string {
  const period = validTo === undefined ? `from ${validFrom}` : `${validFrom} to ${validTo}`;
  const ways = [...modes, ...channels];
  return [
    period,
    ...(ways.length === 0 ? [] : [`by ${ways.join(' or ')}`]),
    ...(atTheBorder === undefined ? [] : ['across a customs border']),
    ...(within === undefined ? [] : [`postal codes ${within.postalPrefixes.map((p) => `${p}…`).join(' ')}`]),
  ].join(', ');
}

function doesOf({ action, enforcement, evidence = [], withCertificateData, service }: Restriction): string {
  const papers = evidence.map((type) => evidenceTitles[type]).join(', or ');
  const what = {
    block: 'barred',
    'needs-document': `needs ${papers}${withCertificateData ? ' with the data filed at entry' : ''}`,
    'needs-service': `needs \`${service}\``,
  }[action];
  return enforcement === 'advised' ? `advised: ${what}` : what;
}
