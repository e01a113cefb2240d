import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { priceOf, typedPrice } from '../files/typed-price.ts';
import { DecisionDialog } from '../shell/decision.tsx';
import type { Product } from './use-product.ts';

interface Props {
  readonly product: Product;
  readonly store: (product: Product) => Promise<unknown>;
  readonly close: () => void;
}

interface Field {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly typed: (product: Product) => string;
  /** The product with what was typed; undefined for what can't be it. */
  readonly apply: (product: Product, typed: string) => Product | undefined;
}

const whole = (typed: string): number | undefined => (/^\d{1,7}$/.test(typed) ? Number(typed) : undefined);

const number = (
  id: string,
  label: string,
  of: (product: Product) => number,
  apply: (product: Product, value: number) => Product,
): Field => ({
  ...{ id, label, help: 'A whole number' },
  typed: (product) => String(of(product)),
  apply: (product, typed) => {
    const value = whole(typed);
    return value === undefined ? undefined : apply(product, value);
  },
});

const fieldsOf = (product: Product): readonly Field[] => [
  {
    ...{ id: 'description', label: 'Description', help: 'What it is, in words for a customs officer' },
    typed: ({ description }) => description,
    apply: (at, description) => (description.trim() === '' ? undefined : { ...at, description }),
  },
  {
    ...{ id: 'hsCode', label: 'HS code', help: 'Six digits of the Harmonised System 2022' },
    typed: ({ hsCode }) => hsCode,
    apply: (at, hsCode) => (/^\d{6}$/.test(hsCode) ? { ...at, hsCode } : undefined),
  },
  {
    ...{ id: 'origin', label: 'Country of origin', help: 'Two letters' },
    typed: ({ originCountry }) => originCountry,
    apply: (at, typed) =>
      /^[A-Za-z]{2}$/.test(typed) ? { ...at, originCountry: typed.toUpperCase() } : undefined,
  },
  number(
    'weight',
    'Weight of one unit in grams',
    (at) => at.unitWeightGrams,
    (at, unitWeightGrams) => ({
      ...at,
      unitWeightGrams,
    }),
  ),
  number(
    'length',
    'Length in mm',
    (at) => at.dimensions.lengthMm,
    (at, lengthMm) => ({
      ...at,
      dimensions: { ...at.dimensions, lengthMm },
    }),
  ),
  number(
    'width',
    'Width in mm',
    (at) => at.dimensions.widthMm,
    (at, widthMm) => ({
      ...at,
      dimensions: { ...at.dimensions, widthMm },
    }),
  ),
  number(
    'height',
    'Height in mm',
    (at) => at.dimensions.heightMm,
    (at, heightMm) => ({
      ...at,
      dimensions: { ...at.dimensions, heightMm },
    }),
  ),
  ...product.prices.map(
    (price, place): Field => ({
      ...{ id: `price ${place}`, label: `Price in ${price.currency}`, help: 'With a decimal point or comma' },
      typed: ({ prices }) => typedPrice(prices[place]?.amount ?? 0, price.currency),
      apply: (at, typed) => {
        const amount = priceOf(typed, price.currency);
        return amount === undefined
          ? undefined
          : { ...at, prices: at.prices.with(place, { ...price, amount }) };
      },
    }),
  ),
];

/** Changes the usual fields of a product. The others stay as they are. */
export function ProductForm({ product, store, close }: Props) {
  const [fields] = useState(() => fieldsOf(product));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const textOf = (field: Field) => typed[field.id] ?? field.typed(product);
  const changed = fields.reduce<Product | undefined>(
    (at, field) => (at === undefined ? undefined : field.apply(at, textOf(field))),
    product,
  );
  return (
    <DecisionDialog
      text="Store"
      about={product.sku}
      says="Quotes from now on use the new values. Orders that are placed keep what they were quoted."
      done={`${product.sku} is stored.`}
      disabled={changed === undefined}
      send={() => (changed === undefined ? Promise.resolve() : store(changed))}
      decided={() => {}}
      close={close}
    >
      {fields.map((field) => (
        <FormField
          key={field.id}
          label={field.label}
          constraintText={field.help}
          errorText={field.apply(product, textOf(field)) === undefined ? `${field.help}` : ''}
        >
          <Input
            value={textOf(field)}
            onChange={({ detail }) => setTyped((now) => ({ ...now, [field.id]: detail.value }))}
          />
        </FormField>
      ))}
    </DecisionDialog>
  );
}
