import type { FoundKind, FoundSku } from '../../../../shared/replenishment/run/list-found.ts';
import type { ApiClient } from '../../client/api-client.ts';

/** The products of one answer, which has a cursor if there are more. */
const PAGE = 200;

/**
 * The products that the run of a day did not plan, would stop, or has cut, page by page. A caller that has seen enough
 * reads no further page.
 */
export async function* listFound(client: ApiClient, day: string, found: FoundKind): AsyncGenerator<FoundSku> {
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      ...{ found, limit: String(PAGE) },
      ...(cursor === undefined ? {} : { cursor }),
    });
    const page = await client.call<{ readonly skus: readonly FoundSku[]; readonly cursor?: string }>({
      ...{ method: 'GET', path: `/v1/admin/replenishment/runs/${day}/skus?${query}` },
    });
    yield* page.skus;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
