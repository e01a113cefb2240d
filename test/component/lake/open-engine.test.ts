import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openEngine } from '../../../shared/lake/engine/open-engine.ts';

it('the engine reads a file that replaced another one of the same name as it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lake-engine-'));
  const engine = await openEngine({ folder });
  const read = async (sql: string) => (await engine.connection.runAndReadAll(sql)).getRows();
  const file = `${folder}/rows.parquet`;
  try {
    for (let n = 0; n < 60; n += 1) {
      const rows = `SELECT md5(CAST(r + ${n} AS VARCHAR)) AS digest FROM range(20000) t(r)`;
      await engine.run(`COPY (${rows}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
      const sum = 'SELECT min(digest), max(digest), count(DISTINCT digest) FROM';
      expect(await read(`${sum} read_parquet('${file}')`)).toEqual(await read(`${sum} (${rows})`));
      await rm(file);
    }
  } finally {
    engine.close();
    await rm(folder, { recursive: true });
  }
});
