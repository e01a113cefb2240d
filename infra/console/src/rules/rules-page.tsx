import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useSearchParams } from 'wouter';
import { type Api, dataOf, type Schema } from '../api/client.ts';
import { useOperator } from '../shell/operator.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { words } from '../shell/words.ts';
import { changesBetween, type RuleChange } from './changes.ts';

type InForce = Schema<'RuleInForce'>;

/** What a row says besides its name, its law and its dates. */
const figuresOf = ({ rule }: InForce): string =>
  Object.entries(rule)
    .filter(([name]) => !SHOWN.has(name))
    .map(([name, value]) => `${words(name)}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('; ');

const SHOWN = new Set([
  'id',
  'kind',
  'law',
  'regime',
  'validFrom',
  'validTo',
  'provenance',
  'confidence',
  'review',
]);

const columns = [
  { id: 'id', header: 'Rule', isRowHeader: true, cell: ({ rule }: InForce) => rule.id },
  { id: 'kind', header: 'Kind', cell: ({ rule }: InForce) => words(rule.kind) },
  { id: 'says', header: 'Says', cell: figuresOf },
  { id: 'law', header: 'Law', cell: ({ rule }: InForce) => rule.law },
  {
    ...{ id: 'days', header: 'Holds' },
    cell: ({ rule }: InForce) => `${rule.validFrom} to ${rule.validTo ?? 'now'}`,
  },
  {
    ...{ id: 'review', header: 'Source' },
    cell: ({ needsReview, rule }: InForce) => (
      <StatusIndicator type={needsReview ? 'warning' : 'success'}>
        {needsReview ? 'A person has to confirm it' : words(rule.provenance)}
      </StatusIndicator>
    ),
  },
];

const changeColumns = [
  { id: 'id', header: 'Rule', isRowHeader: true, cell: ({ id }: RuleChange) => id },
  { id: 'change', header: 'Change', cell: ({ change }: RuleChange) => words(change) },
  { id: 'before', header: 'Before', cell: ({ before }: RuleChange) => before },
  { id: 'after', header: 'After', cell: ({ after }: RuleChange) => after },
];

const CALENDAR = {
  nextMonthAriaLabel: 'Next month',
  previousMonthAriaLabel: 'Previous month',
  todayAriaLabel: 'Today',
};

/** The trade rules of a destination on a day, and what is other than on another day. */
export function RulesPage() {
  const { api } = useOperator();
  const [search, setSearch] = useSearchParams();
  const destination = search.get('destination') ?? 'DE';
  const date = search.get('date') ?? new Date().toISOString().slice(0, 10);
  const against = search.get('against') ?? '';
  const set = (change: Readonly<Record<string, string>>) =>
    setSearch({ destination, date, ...(against === '' ? {} : { against }), ...change }, { replace: true });
  const filter = (
    <SpaceBetween direction="horizontal" size="l">
      <FormField label="Destination" constraintText="Two letters, such as DE">
        <Input
          value={destination}
          onChange={({ detail }) => set({ destination: detail.value.toUpperCase().slice(0, 2) })}
        />
      </FormField>
      <FormField label="Day">
        <DatePicker
          value={date}
          placeholder="YYYY/MM/DD"
          i18nStrings={CALENDAR}
          openCalendarAriaLabel={() => 'Choose a day'}
          onChange={({ detail }) => set({ date: detail.value })}
        />
      </FormField>
      <FormField label="Compared with" description="Shows only what is other">
        <DatePicker
          value={against}
          placeholder="YYYY/MM/DD"
          i18nStrings={CALENDAR}
          openCalendarAriaLabel={() => 'Choose a day'}
          onChange={({ detail }) => set({ against: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
  const isWhole = /^[A-Z]{2}$/.test(destination);
  const shared = { title: 'Trade rules', filter };
  if (against !== '')
    return (
      <PagedTable
        {...shared}
        queryKey={['rules', destination, date, against]}
        read={async () => ({
          rows: isWhole
            ? changesBetween(await rulesOf(api, destination, against), await rulesOf(api, destination, date))
            : [],
        })}
        columns={changeColumns}
        trackBy={({ id, change }) => `${id} ${change}`}
        nothing={`Nothing is other on ${date} than on ${against}`}
      />
    );
  return (
    <PagedTable
      {...shared}
      queryKey={['rules', destination, date]}
      read={async () => ({ rows: isWhole ? await rulesOf(api, destination, date) : [] })}
      columns={columns}
      trackBy={({ rule }) => rule.id}
      nothing={isWhole ? 'No rule is known for this destination' : 'A destination has two letters'}
    />
  );
}

const rulesOf = async (api: Api, destination: string, date: string): Promise<readonly InForce[]> =>
  (await dataOf(api.GET('/v1/admin/rules', { params: { query: { destination, date } } }))).rules;
