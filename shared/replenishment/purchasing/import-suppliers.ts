import * as z from 'zod';
import { supplierIdSchema } from '../../../events/replenishment.ts';
import { codesIn, importChanges, namedOnce } from '../import-changes.ts';
import type { SupplierStore } from './ports.ts';
import { supplierToImportSchema } from './supplier.ts';

/** The most suppliers of one import: they are written in one transaction. */
const MAX_SUPPLIERS = 100;

/** Suppliers to store, each as a whole, and to retire: all of it is done, or nothing. */
export const supplierImportSchema = z
  .strictObject({
    /** Reports what would change and stores nothing. */
    dryRun: z.boolean().default(false),
    suppliers: z.array(supplierToImportSchema).max(MAX_SUPPLIERS).default([]),
    /** Suppliers from which nothing is ordered any more. Orders that name them stay readable. */
    retired: z.array(supplierIdSchema).max(MAX_SUPPLIERS).default([]),
  })
  .superRefine(({ suppliers, retired }, { addIssue }) =>
    namedOnce(
      [
        ...codesIn(
          'suppliers',
          suppliers.map(({ supplierId }) => supplierId),
          ['supplierId'],
        ),
        ...codesIn('retired', retired),
      ],
      { most: MAX_SUPPLIERS, noun: 'supplier', addIssue },
    ),
  )
  .meta({ id: 'SupplierImport' });

/** What an import of suppliers does, or would do. */
interface SupplierChanges {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly retired: number;
  /** Codes that were to be retired, and are not stored. */
  readonly unknown: readonly string[];
}

/**
 * Stores suppliers that were checked before, and retires others. A repeat writes nothing. A dry run says what would
 * change and writes nothing.
 */
export async function importSuppliers(
  store: Pick<SupplierStore, 'findAll' | 'putAll'>,
  { suppliers: given, retired, dryRun }: z.infer<typeof supplierImportSchema>,
): Promise<SupplierChanges> {
  const [known, ending] = await Promise.all([
    store.findAll(given.map(({ supplierId }) => supplierId)),
    store.findAll(retired),
  ]);
  const { written, ...counts } = importChanges(given, known);
  const gone = ending.flatMap((supplier) =>
    supplier === undefined || supplier.status === 'retired'
      ? []
      : [{ ...supplier, status: 'retired' as const }],
  );
  if (!dryRun && written.length + gone.length > 0) await store.putAll([...written, ...gone]);
  return {
    ...counts,
    retired: gone.length,
    unknown: retired.filter((_, at) => ending[at] === undefined),
  };
}
