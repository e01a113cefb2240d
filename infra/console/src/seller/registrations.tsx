import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { Decision, DecisionDialog } from '../shell/decision.tsx';
import type { Seller } from './use-seller.ts';

interface Registration {
  readonly where: string;
  readonly number: string;
  /** The country of a tax number, which can be ended here. */
  readonly country?: string;
}

interface Props {
  readonly seller: Seller;
  readonly mayWrite: boolean;
  readonly store: (change: Partial<Seller>) => Promise<unknown>;
}

/** The numbers under which the seller declares and pays, by country. */
export function Registrations({ seller, mayWrite, store }: Props) {
  const [adding, setAdding] = useState(false);
  const taxNumbers = (seller.taxNumbers ?? {}) as Readonly<Record<string, string>>;
  const end = {
    ...{ id: 'end', header: 'End' },
    cell: ({ country, where }: Registration) =>
      country === undefined ? (
        '–'
      ) : (
        <Decision
          text="End"
          about={where}
          says="Quotes to this country are then made as for an unregistered seller, or refused. Orders that are placed keep what they were quoted."
          done={`The registration in ${where} is ended.`}
          send={() => {
            const { [country]: _ended, ...rest } = taxNumbers;
            return store({ taxNumbers: rest } as Partial<Seller>);
          }}
          decided={() => {}}
        />
      ),
  };
  const columns = [
    { id: 'where', header: 'Registration', isRowHeader: true, cell: ({ where }: Registration) => where },
    { id: 'number', header: 'Number', cell: ({ number }: Registration) => number },
  ];
  return (
    <>
      <Table
        items={[...registrationsOf(seller, taxNumbers)]}
        trackBy="where"
        columnDefinitions={mayWrite ? [...columns, end] : columns}
        ariaLabels={{ tableLabel: 'Registrations' }}
        empty="The seller is registered nowhere"
        header={
          <Header
            variant="h2"
            actions={mayWrite ? <Button onClick={() => setAdding(true)}>Add a registration</Button> : null}
          >
            Registrations
          </Header>
        }
      />
      {adding ? (
        <NewRegistration taxNumbers={taxNumbers} store={store} close={() => setAdding(false)} />
      ) : null}
    </>
  );
}

interface NewProps {
  readonly taxNumbers: Readonly<Record<string, string>>;
  readonly store: Props['store'];
  readonly close: () => void;
}

function NewRegistration({ taxNumbers, store, close }: NewProps) {
  const [country, setCountry] = useState('');
  const [number, setNumber] = useState('');
  return (
    <DecisionDialog
      text="Add"
      about="a registration"
      says="From now on quotes to this country are made as for a registered seller: the tax is charged at the sale where the law asks for it, and it is in the tax return of the country."
      done={`The registration in ${country} is stored.`}
      disabled={!/^[A-Z]{2}$/.test(country) || number.trim() === ''}
      send={() => store({ taxNumbers: { ...taxNumbers, [country]: number.trim() } } as Partial<Seller>)}
      decided={() => {}}
      close={close}
    >
      <FormField label="Country" constraintText="Two letters, such as NO">
        <Input
          value={country}
          onChange={({ detail }) => setCountry(detail.value.toUpperCase().slice(0, 2))}
        />
      </FormField>
      <FormField label="Number" constraintText="As the tax office writes it">
        <Input value={number} onChange={({ detail }) => setNumber(detail.value.slice(0, 40))} />
      </FormField>
    </DecisionDialog>
  );
}

const registrationsOf = (
  { ioss, gbVat, importer }: Seller,
  taxNumbers: Readonly<Record<string, string>>,
): readonly Registration[] => [
  ...(ioss === undefined ? [] : [{ where: 'European Union, IOSS', number: ioss }]),
  ...(gbVat === undefined ? [] : [{ where: 'Great Britain, VAT', number: gbVat }]),
  ...Object.entries(importer).map(([where, number]) => ({ where: `${where}, importer of record`, number })),
  ...Object.entries(taxNumbers).map(([country, number]) => ({ where: country, number, country })),
];
