import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FileUpload from '@cloudscape-design/components/file-upload';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { download } from '../files/download.ts';
import { priceOf, typedPrice } from '../files/typed-price.ts';
import { DecisionDialog } from '../shell/decision.tsx';
import { money } from '../shell/words.ts';
import { csvOf, type Price, pricesInCsv, pricesOf, type RateCard, withPrices } from './prices.ts';

interface Props {
  readonly card: RateCard;
  /** The lane in words, for the heading. */
  readonly lane: string;
  readonly mayWrite: boolean;
  /** Stores the changed card. Rejects with the refusal. */
  readonly store: (card: RateCard) => Promise<unknown>;
}

/** The prices of a rate card: changed one by one or by a file, and stored after the changes were shown. */
export function RateCardTable({ card, lane, mayWrite, store }: Props) {
  const [draft, setDraft] = useState<readonly Price[]>(() => pricesOf(card));
  const [asking, setAsking] = useState(false);
  const stored = pricesOf(card);
  const changes = draft.flatMap((price, place) => {
    const before = stored[place];
    return before === undefined || before.priceMinor === price.priceMinor ? [] : [{ before, after: price }];
  });
  const shown = (priceMinor: number) => money({ amount: priceMinor, currency: card.currency });
  return (
    <SpaceBetween size="s">
      <Table
        items={[...draft]}
        trackBy={({ zone, upToGrams }) => `${zone} ${upToGrams}`}
        ariaLabels={{
          tableLabel: `Rate card ${card.rateCardId}`,
          activateEditLabel: () => 'Change the price',
        }}
        header={
          <Header
            variant="h3"
            description={`${lane}, from ${card.validFrom}${card.validTo === undefined ? '' : ` to ${card.validTo}`}, ${card.currency}, up to ${card.maxWeightGrams} g`}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="download"
                  onClick={() => download(`${card.rateCardId}.csv`, 'text/csv', csvOf(card))}
                >
                  CSV of {card.rateCardId}
                </Button>
                {mayWrite ? (
                  <Button variant="primary" disabled={changes.length === 0} onClick={() => setAsking(true)}>
                    Store {changes.length} changes
                  </Button>
                ) : null}
              </SpaceBetween>
            }
          >
            {card.rateCardId}
          </Header>
        }
        columnDefinitions={[
          { id: 'zone', header: 'Zone', cell: ({ zone }: Price) => zone, isRowHeader: true },
          { id: 'weight', header: 'Up to', cell: ({ upToGrams }: Price) => `${upToGrams} g` },
          {
            ...{ id: 'price', header: 'Price' },
            cell: ({ priceMinor }: Price) => shown(priceMinor),
            ...(mayWrite ? { editConfig: editConfigOf(card) } : {}),
          },
        ]}
        submitEdit={(price, _column, value) => {
          const priceMinor = priceOf(String(value), card.currency) ?? price.priceMinor;
          setDraft((now) => now.map((each) => (each === price ? { ...price, priceMinor } : each)));
        }}
      />
      {mayWrite ? <PriceFile card={card} onRead={setDraft} /> : null}
      {asking ? (
        <DecisionDialog
          text="Store"
          about={card.rateCardId}
          says="Quotes from now on use these prices. Orders that are placed keep theirs."
          done={`${card.rateCardId} is stored.`}
          send={() => store(withPrices(card, draft))}
          decided={() => {}}
          close={() => setAsking(false)}
        >
          <Alert type="info" header={`${changes.length} prices change`}>
            {changes.map(({ before, after }) => (
              <div key={`${after.zone} ${after.upToGrams}`}>
                {after.zone}, up to {after.upToGrams} g: {shown(before.priceMinor)} →{' '}
                {shown(after.priceMinor)}
              </div>
            ))}
          </Alert>
        </DecisionDialog>
      ) : null}
    </SpaceBetween>
  );
}

interface FileProps {
  readonly card: RateCard;
  readonly onRead: (prices: readonly Price[]) => void;
}

/** Reads the prices of a file, or says what is wrong in it. */
function PriceFile({ card, onRead }: FileProps) {
  const [problem, setProblem] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const read = async (given: readonly File[]) => {
    setFiles([...given]);
    const [file] = given;
    const result = file === undefined ? pricesOf(card) : pricesInCsv(card, await file.text());
    setProblem(typeof result === 'string' ? result : '');
    if (typeof result !== 'string') onRead(result);
  };
  return (
    <FileUpload
      value={files}
      onChange={({ detail }) => void read(detail.value)}
      accept=".csv,text/csv"
      constraintText="A CSV with the zones and weights of this card. Nothing is stored before you have seen the changes."
      errorText={problem}
      i18nStrings={{
        uploadButtonText: () => `Prices of ${card.rateCardId} from a file`,
        dropzoneText: () => 'Drop a file here',
        removeFileAriaLabel: () => 'Remove the file',
        limitShowFewer: 'Fewer',
        limitShowMore: 'More',
        errorIconAriaLabel: 'Error',
      }}
    />
  );
}

const editConfigOf = (card: RateCard) => ({
  ariaLabel: 'Price',
  errorIconAriaLabel: 'Not a price',
  validation: (_price: Price, value: unknown) =>
    value === undefined || priceOf(String(value), card.currency) !== undefined
      ? undefined
      : `Not a price in ${card.currency}`,
  editingCell: (
    { priceMinor }: Price,
    { currentValue, setValue }: { readonly currentValue: unknown; setValue(value: unknown): void },
  ) => (
    <Input
      autoFocus
      ariaLabel="Price"
      inputMode="decimal"
      value={String(currentValue ?? typedPrice(priceMinor, card.currency))}
      onChange={({ detail }) => setValue(detail.value)}
    />
  ),
});
