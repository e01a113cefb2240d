import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FileUpload from '@cloudscape-design/components/file-upload';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Api, dataOf, type Schema } from '../api/client.ts';
import { download } from '../files/download.ts';
import { Failure } from '../shell/failure.tsx';
import { useOperator } from '../shell/operator.tsx';
import { words } from '../shell/words.ts';
import { type ProductToImport, productsInCsv, SAMPLE, type WrongLine } from './products-in-csv.ts';

type Change = Schema<'ProductChange'>;

/** The API takes as many products in a request. */
const AT_ONCE = 100;
const SHOWN = 200;

interface State {
  readonly products: readonly ProductToImport[];
  readonly wrong: readonly WrongLine[];
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly doing?: { readonly what: string; readonly done: number };
  /** The whole file was compared with the catalogue. */
  readonly compared?: true;
  readonly stored?: number;
  readonly error?: Error;
}

const EMPTY: State = { products: [], wrong: [], changes: [], unchanged: 0 };

/** Products of a file: what it changes is shown before anything is stored. */
export function ImportPage() {
  const { api } = useOperator();
  const queries = useQueryClient();
  const [files, setFiles] = useState<File[]>([]);
  const [state, setState] = useState<State>(EMPTY);
  const open = async (given: readonly File[]) => {
    setFiles([...given]);
    const [file] = given;
    if (file === undefined) return setState(EMPTY);
    const { products, wrong } = productsInCsv(await file.text());
    const read = { ...EMPTY, products, wrong };
    setState(read);
    if (wrong.length === 0) await send(api, read, true, setState);
  };
  const store = async () => {
    await send(api, { ...state, changes: [], unchanged: 0 }, false, setState);
    void queries.invalidateQueries({ queryKey: ['products'] });
  };
  const { doing, error, wrong, changes, unchanged, stored } = state;
  const isReady = state.compared && doing === undefined && changes.length > 0 && stored === undefined;
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="A line replaces the whole product. Products that are not in the file stay as they are."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="download" onClick={() => download('products.csv', 'text/csv', SAMPLE)}>
              An example
            </Button>
            <Button variant="primary" disabled={!isReady} onClick={() => void store()}>
              Store {changes.length} products
            </Button>
          </SpaceBetween>
        }
      >
        Import products
      </Header>
      <FileUpload
        value={files}
        onChange={({ detail }) => void open(detail.value)}
        accept=".csv,text/csv"
        constraintText="A CSV in UTF-8. A file with one wrong line stores nothing."
        i18nStrings={{
          uploadButtonText: () => 'Choose a file',
          dropzoneText: () => 'Drop a file here',
          removeFileAriaLabel: () => 'Remove the file',
          limitShowFewer: 'Fewer',
          limitShowMore: 'More',
          errorIconAriaLabel: 'Error',
        }}
      />
      {doing === undefined ? null : (
        <ProgressBar value={(100 * doing.done) / state.products.length} label={doing.what} />
      )}
      {error === undefined ? null : (
        <Failure error={error} again={() => void (state.compared ? store() : open(files))} />
      )}
      {stored === undefined ? null : (
        <Alert type="success" header={`${stored} products are stored`}>
          {unchanged} were stored like this before.
        </Alert>
      )}
      {wrong.length === 0 ? null : <WrongLines wrong={wrong} />}
      {wrong.length > 0 || state.products.length === 0 ? null : (
        <Changes changes={changes} unchanged={unchanged} />
      )}
    </SpaceBetween>
  );
}

/** Sends the products a hundred at a time: as a dry run that stores nothing, or to be stored. Each request is whole. */
async function send(api: Api, from: State, dryRun: boolean, show: (state: State) => void): Promise<void> {
  let at = from;
  try {
    for (let done = 0; done < at.products.length; done += AT_ONCE) {
      show({ ...at, doing: { what: dryRun ? 'Comparing with the catalogue' : 'Storing', done } });
      const products = at.products.slice(done, done + AT_ONCE);
      const answer = await dataOf(
        api.POST('/v1/admin/products/import', { body: { dryRun, products: [...products] } }),
      );
      const changes = [...at.changes, ...answer.changes];
      at = { ...at, changes, unchanged: at.unchanged + answer.unchanged };
    }
    show(dryRun ? { ...at, compared: true } : { ...at, stored: at.changes.length });
  } catch (error) {
    // What was stored before stays, and the same import stores the rest.
    show({ ...at, error: error as Error });
  }
}

const WrongLines = ({ wrong }: { readonly wrong: readonly WrongLine[] }) => (
  <Table
    items={wrong.slice(0, SHOWN)}
    trackBy={({ line, column }) => `${line} ${column}`}
    ariaLabels={{ tableLabel: 'Wrong lines' }}
    header={
      <Header variant="h2" counter={`(${wrong.length})`} description="Nothing is stored">
        Wrong lines
      </Header>
    }
    columnDefinitions={[
      { id: 'line', header: 'Line', cell: ({ line }: WrongLine) => line, isRowHeader: true },
      { id: 'column', header: 'Column', cell: ({ column }: WrongLine) => column },
      { id: 'says', header: 'What is wrong', cell: ({ says }: WrongLine) => says },
    ]}
  />
);

const Changes = ({
  changes,
  unchanged,
}: {
  readonly changes: readonly Change[];
  readonly unchanged: number;
}) => (
  <Table
    items={changes.slice(0, SHOWN)}
    trackBy="sku"
    wrapLines
    ariaLabels={{ tableLabel: 'Changes' }}
    empty="The file changes nothing"
    header={
      <Header
        variant="h2"
        counter={`(${changes.length})`}
        description={`${unchanged} products are stored like this already${changes.length > SHOWN ? `; the first ${SHOWN} changes` : ''}`}
      >
        Changes
      </Header>
    }
    columnDefinitions={[
      { id: 'sku', header: 'SKU', cell: ({ sku }: Change) => sku, isRowHeader: true },
      { id: 'change', header: 'Change', cell: ({ change }: Change) => words(change) },
      {
        ...{ id: 'fields', header: 'Fields' },
        cell: ({ fields }: Change) =>
          fields.map(({ field, before = '–', after = '–' }) => (
            <div key={field}>
              {field}: {before} → {after}
            </div>
          )),
      },
    ]}
  />
);
