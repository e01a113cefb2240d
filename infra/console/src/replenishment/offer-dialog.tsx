import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { type Offer, pricesOf, pricesText } from './supplier-draft.ts';

type Currency = Offer['prices'][number]['unitPrice']['currency'];

interface Props {
  /** Undefined for a product that it did not offer before. */
  readonly offer: Offer | undefined;
  readonly taken: (offer: Offer) => void;
  readonly close: () => void;
}

const typedOf = (offer: Offer | undefined) => ({
  sku: offer?.sku ?? '',
  supplierSku: offer?.supplierSku ?? '',
  currency: offer?.prices[0]?.unitPrice.currency ?? 'EUR',
  prices: offer === undefined ? '' : pricesText(offer.prices),
  casePack: String(offer?.casePack ?? 1),
  minimumUnits: String(offer?.minimumUnits ?? 1),
  leadTimeDays: String(offer?.leadTimeDays ?? ''),
  sellableDays: String(offer?.sellableDays ?? ''),
});

type Typed = ReturnType<typeof typedOf>;

const FIELDS: readonly { readonly name: keyof Typed; readonly label: string; readonly says?: string }[] = [
  { name: 'sku', label: 'Product', says: 'Our SKU' },
  { name: 'supplierSku', label: "Supplier's number of it", says: 'As printed on orders; may be empty' },
  { name: 'currency', label: 'Currency', says: 'Three letters, such as EUR' },
  {
    name: 'prices',
    label: 'Prices of one by quantity',
    says: 'From units: price, such as 1: 1.80; 240: 1.71',
  },
  { name: 'casePack', label: 'Units in a case' },
  { name: 'minimumUnits', label: 'Smallest order', says: 'Units' },
  { name: 'leadTimeDays', label: 'Lead time', says: 'Days from the order to the shelf' },
  { name: 'sellableDays', label: 'Sellable for', says: 'Days after the arrival; empty: without limit' },
];

const whole = (typed: string) => /^\d{1,7}$/.test(typed.trim());

function wrongOf(typed: Typed): Partial<Record<keyof Typed, string>> {
  const isCurrency = /^[A-Z]{3}$/.test(typed.currency);
  return {
    ...(typed.sku.trim() === '' ? { sku: 'A SKU' } : {}),
    ...(isCurrency ? {} : { currency: 'Three capital letters' }),
    ...(isCurrency && pricesOf(typed.prices, typed.currency as Currency) === undefined
      ? { prices: 'From units: price; further ones after a semicolon' }
      : {}),
    ...(whole(typed.casePack) ? {} : { casePack: 'Whole units' }),
    ...(whole(typed.minimumUnits) ? {} : { minimumUnits: 'Whole units' }),
    ...(whole(typed.leadTimeDays) ? {} : { leadTimeDays: 'Whole days' }),
    ...(typed.sellableDays === '' || whole(typed.sellableDays) ? {} : { sellableDays: 'Whole days' }),
  };
}

/** The fields of what a supplier asks for a product. Nothing is stored before the whole supplier is. */
export function OfferDialog({ offer, taken, close }: Props) {
  const [typed, setTyped] = useState(() => typedOf(offer));
  const [tried, setTried] = useState(false);
  const wrong = wrongOf(typed);
  const take = () => {
    setTried(true);
    const prices = pricesOf(typed.prices, typed.currency as Currency);
    if (Object.keys(wrong).length > 0 || prices === undefined) return;
    taken({
      ...{ sku: typed.sku.trim(), prices, casePack: Number(typed.casePack) },
      ...{ minimumUnits: Number(typed.minimumUnits), leadTimeDays: Number(typed.leadTimeDays) },
      ...(typed.supplierSku.trim() === '' ? {} : { supplierSku: typed.supplierSku.trim() }),
      ...(typed.sellableDays === '' ? {} : { sellableDays: Number(typed.sellableDays) }),
    });
    close();
  };
  return (
    <Modal
      visible
      size="large"
      header={offer === undefined ? 'Add a product' : `Offer of ${offer.sku}`}
      closeAriaLabel="Close without a change"
      onDismiss={close}
      footer={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={close}>Change nothing</Button>
          <Button variant="primary" onClick={take}>
            Take over
          </Button>
        </SpaceBetween>
      }
    >
      <ColumnLayout columns={2}>
        {FIELDS.map(({ name, label, says }) => (
          <FormField
            key={name}
            label={label}
            constraintText={says}
            errorText={tried ? (wrong[name] ?? '') : ''}
          >
            <Input
              value={typed[name]}
              onChange={({ detail }) => setTyped((now) => ({ ...now, [name]: detail.value }))}
            />
          </FormField>
        ))}
      </ColumnLayout>
    </Modal>
  );
}
