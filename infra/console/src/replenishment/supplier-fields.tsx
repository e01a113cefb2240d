import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Draft } from './supplier-draft.ts';

interface Props {
  readonly draft: Draft;
  readonly errors: ReadonlyMap<string, string>;
  readonly changed: (change: Partial<Draft>) => void;
}

const STATUS = [
  { value: 'up', label: 'Up: orders go to it' },
  { value: 'down', label: 'Down: nothing new is ordered for now' },
  { value: 'retired', label: 'Retired: nothing is ordered any more' },
] as const;
const WAYS = [
  { value: 'file', label: 'As a file, which a person sends' },
  { value: 'http', label: 'To an address, signed' },
] as const;

/** A field of text, with its name in the contract. */
interface TextField {
  readonly name:
    | 'name'
    | 'originCountries'
    | 'shareLimitPercent'
    | 'kilograms'
    | 'litres'
    | 'requiredCertificates';
  /** The field of the contract that a refusal names, if it has another name. */
  readonly within?: string;
  readonly label: string;
  readonly says: string;
}

const TEXTS: readonly TextField[] = [
  { name: 'name', label: 'Name', says: 'As printed on orders' },
  { name: 'originCountries', label: 'Countries of origin', says: 'Two letters each, with commas: CN, VN' },
  {
    ...{ name: 'shareLimitPercent', label: 'Largest share of a product' },
    says: 'Percent of the units that are bought in a year, 1 to 100',
  },
  { name: 'kilograms', within: 'container', label: 'Container, kilograms', says: 'Empty: without limit' },
  { name: 'litres', within: 'container', label: 'Container, litres', says: 'Empty: without limit' },
  {
    ...{ name: 'requiredCertificates', label: 'Certificates that it needs' },
    says: 'With commas; without them nothing is ordered',
  },
];

/** The fields of a supplier, but for its offers. */
export function SupplierFields({ draft, errors, changed }: Props) {
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Settings</Header>}>
        <ColumnLayout columns={2}>
          {TEXTS.map(({ name, within = name, label, says }) => (
            <FormField key={name} label={label} constraintText={says} errorText={errors.get(within) ?? ''}>
              <Input value={draft[name]} onChange={({ detail }) => changed({ [name]: detail.value })} />
            </FormField>
          ))}
          <FormField label="Status" errorText={errors.get('status') ?? ''}>
            <Select
              selectedOption={STATUS.find(({ value }) => value === draft.status) ?? null}
              options={STATUS}
              onChange={({ detail }) => changed({ status: detail.selectedOption.value as Draft['status'] })}
            />
          </FormField>
          <FormField label="How orders reach it">
            <Select
              selectedOption={WAYS.find(({ value }) => value === draft.way) ?? null}
              options={WAYS}
              onChange={({ detail }) => changed({ way: detail.selectedOption.value as Draft['way'] })}
            />
          </FormField>
          {draft.way === 'http' ? (
            <FormField label="Address" constraintText="https://…" errorText={errors.get('sending') ?? ''}>
              <Input value={draft.url} onChange={({ detail }) => changed({ url: detail.value })} />
            </FormField>
          ) : null}
        </ColumnLayout>
      </Container>
      <Container header={<Header variant="h2">Certificates</Header>}>
        <FormField errorText={errors.get('certificates') ?? ''} stretch>
          <Certificates {...{ draft, changed }} />
        </FormField>
      </Container>
    </SpaceBetween>
  );
}

const CERTIFICATE = [
  ['kind', 'Kind', 'bsci-audit'],
  ['reference', 'Reference', ''],
  ['validUntil', 'Valid until', '2027-12-31'],
] as const;

function Certificates({ draft, changed }: Pick<Props, 'draft' | 'changed'>) {
  const { certificates } = draft;
  const set = (at: number, change: object) =>
    changed({
      certificates: certificates.map((each, index) => (index === at ? { ...each, ...change } : each)),
    });
  return (
    <AttributeEditor
      items={[...certificates]}
      empty="No certificate"
      addButtonText="Add a certificate"
      removeButtonText="Remove"
      onAddButtonClick={() =>
        changed({ certificates: [...certificates, { kind: '', reference: '', validUntil: '' }] })
      }
      onRemoveButtonClick={({ detail }) =>
        changed({ certificates: certificates.filter((_, at) => at !== detail.itemIndex) })
      }
      definition={CERTIFICATE.map(([name, label, example]) => ({
        label,
        control: (item: Draft['certificates'][number], at: number) => (
          <Input
            value={item[name]}
            placeholder={example}
            ariaLabel={`${label} of certificate ${at + 1}`}
            onChange={({ detail }) => set(at, { [name]: detail.value })}
          />
        ),
      }))}
    />
  );
}
