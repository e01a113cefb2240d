import * as z from 'zod';
import { defined } from '../../kernel/defined.ts';
import { instantSchema } from '../../kernel/time.ts';
import {
  madeReportSchema,
  type ReportRun,
  reportFileSchema,
  reportQuestionSchema,
  reportRunSchema,
} from './report-run.ts';
import { addressOf } from './run-address.ts';

const made = madeReportSchema.shape;
const file = reportFileSchema.shape;

/** A run of a report as callers see it. */
export const runViewSchema = z
  .strictObject({
    ...reportQuestionSchema.shape,
    /** `failed`: the last try failed, and another one follows. A report that was made before is still answered. */
    state: reportRunSchema.shape.state,
    /** Where the report is answered. */
    href: z.string().meta({ example: '/v1/admin/reports/sales?period=2026-11-28' }),
    askedAt: instantSchema,
    /** Tries since it was asked for. */
    attempts: reportRunSchema.shape.attempts,
    /** Why the last try failed: the name of an error. */
    failure: reportRunSchema.shape.failure,
    /** The stored report; absent if there is none yet. */
    made: z
      .strictObject({
        version: made.version,
        status: made.status,
        digest: made.digest,
        madeAt: made.madeAt,
        checkedAt: made.checkedAt,
        tookMs: made.tookMs,
        changes: made.changes,
        /** Each is an answer of `href`, by the header `Accept`; that of a table by `table` too. */
        files: z.array(
          z
            .strictObject({
              form: file.form,
              table: file.table,
              bytes: file.bytes,
              plainBytes: file.plainBytes,
              sha256: file.sha256,
            })
            .meta({ id: 'ReportFile' }),
        ),
      })
      .optional(),
  })
  .meta({ id: 'ReportRun' });

export function runView({ question, state, askedAt, attempts, failure, made: stored }: ReportRun) {
  return {
    ...question,
    ...{ state, href: addressOf(question), askedAt, attempts },
    ...defined({ failure, made: stored === undefined ? undefined : madeView(stored) }),
  };
}

function madeView({ source: _, files, ...rest }: NonNullable<ReportRun['made']>) {
  return { ...rest, files: files.map(({ key: _key, ...shown }) => shown) };
}
