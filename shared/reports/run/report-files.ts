import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type ReportAnswer, reportJson } from '../answer/report-answer.ts';
import { csvLines } from '../answer/report-csv.ts';
import { chartSvg } from '../page/chart-svg.ts';
import { PAGE_LOCALE, reportPage } from '../page/report-page.ts';
import type { StoredFile } from './ports.ts';
import { contentTypes, folderOf, type ReportFile, type ReportQuestion } from './report-run.ts';

/** A report as files: JSON, the CSV of each table, and the page. */
export interface ReportInFiles {
  /** SHA-256 of the JSON. */
  readonly digest: string;
  readonly files: readonly { readonly file: ReportFile; readonly content: StoredFile }[];
}

/**
 * The files of a report. The same report gives the same keys and the same bytes: the keys have the digest of the
 * report,
 * and the compression writes no time.
 */
export function reportFiles(question: ReportQuestion, answer: ReportAnswer): ReportInFiles {
  const json = JSON.stringify(reportJson(answer));
  const digest = sha256(json);
  const folder = folderOf(question, digest);
  const fileOf = (name: string, text: string, named: Pick<ReportFile, 'form' | 'table'>) => {
    const bytes = gzipSync(text, { level: 9 });
    const sizes = { bytes: bytes.length, plainBytes: Buffer.byteLength(text) };
    return {
      file: { ...named, key: `${folder}/${name}.gz`, ...sizes, sha256: sha256(text) },
      content: { bytes, contentType: contentTypes[named.form] },
    };
  };
  return {
    digest,
    files: [
      fileOf('report.json', json, { form: 'json' }),
      ...answer.tables.map((table) =>
        fileOf(`${table.name}.csv`, [...csvLines(table)].join(''), { form: 'csv', table: table.name }),
      ),
      fileOf('report.html', reportPage(answer, PAGE_LOCALE, chartSvg), { form: 'html' }),
    ],
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
