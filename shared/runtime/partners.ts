import * as z from 'zod';
import type { CallbackKind } from '../../events/callback.ts';
import type { Secrets } from '../aws/secrets.ts';
import {
  type BoundPlugIn,
  type LatePlugIn,
  PartnerNotSetUp,
  type PlugIn,
  SettingsRefused,
} from '../partners/plug-in.ts';
import { type LogCode, log } from './log.ts';
import { createSend } from './partner-sender.ts';
import type { Settings } from './settings.ts';

const REBIND_MS = 5 * 60 * 1000;

const settingsByCode = z.record(z.string(), z.unknown());

/** The partners of one kind, bound to the settings that their secret holds by code. */
export interface Partners<Bound extends BoundPlugIn> {
  /** Undefined for a code that is not registered, or that has no settings in this deployment. */
  find(code: string): Promise<Bound | undefined>;
  /** Throws where {@link find} returns undefined: for codes from our own records. */
  get(code: string): Promise<Bound>;
  /**
   * The codes of the registered partners that can be used in this deployment. One whose settings can't be used is left
   * out, and the log says so. Throws if the secret can't be read: then nobody knows which partners have settings.
   */
  usable(): Promise<readonly string[]>;
}

export interface PartnersOptions<Bound extends BoundPlugIn> {
  readonly kind: CallbackKind;
  readonly registry: readonly (PlugIn<string, Bound> | LatePlugIn<string, Bound>)[];
  readonly secrets: Secrets;
  readonly settings: Settings;
  readonly clock: () => Date;
}

/**
 * Binds partners at first use, and again every few minutes, so that a rotated key is soon used. While the secret can't
 * be read, or its new settings can't be used, the earlier binding stays in use and the error is logged. A partner whose
 * settings were taken out is no longer found.
 */
export function createPartners<Bound extends BoundPlugIn>(options: PartnersOptions<Bound>): Partners<Bound> {
  const bound = new Map<string, { readonly partner: Bound; readonly boundAt: number }>();
  const find = async (code: string): Promise<Bound | undefined> => {
    const entry = options.registry.find((candidate) => candidate.code === code);
    if (entry === undefined) return undefined;
    const known = bound.get(code);
    const now = options.clock().getTime();
    if (known !== undefined && now - known.boundAt < REBIND_MS) return known.partner;
    const keep = (reason: LogCode, error: unknown): Bound => {
      if (known === undefined) throw error;
      log.error(reason, error, { kind: options.kind, partner: code });
      return known.partner;
    };
    let text: string;
    try {
      // The secret has no value until an operator stores the first settings.
      text = await options.secrets.read(options.settings.secretArn(`partners-${options.kind}`), '{}');
    } catch (error) {
      return keep('SECRET_UNREAD', error);
    }
    try {
      const own = readByCode(options.kind, text)[code];
      if (own === undefined) {
        bound.delete(code);
        return undefined;
      }
      // One without settings is never loaded.
      const plugIn = 'load' in entry ? await entry.load() : entry;
      const partner = plugIn.bind(own, createSend({ partner: code }));
      bound.set(code, { partner, boundAt: now });
      return partner;
    } catch (error) {
      return keep('SETTINGS_REFUSED', error);
    }
  };
  const isUsable = async (code: string): Promise<boolean> => {
    try {
      return (await find(code)) !== undefined;
    } catch (error) {
      if (!(error instanceof SettingsRefused)) throw error;
      log.error('SETTINGS_REFUSED', error, { kind: options.kind, partner: code });
      return false;
    }
  };
  return {
    find,
    async usable() {
      const usable: string[] = [];
      for (const { code } of options.registry) if (await isUsable(code)) usable.push(code);
      return usable;
    },
    async get(code) {
      const partner = await find(code);
      if (partner === undefined)
        throw new PartnerNotSetUp(`the ${options.kind} partner ${code} has no settings here`);
      return partner;
    },
  };
}

/**
 * The settings by code. Throws {@link SettingsRefused}; if the secret isn't valid JSON we don't report the parser's
 * message, because it would quote the secret.
 */
function readByCode(kind: CallbackKind, text: string): Readonly<Record<string, unknown>> {
  const read = settingsByCode.safeParse(parseJson(kind, text));
  if (read.success) return read.data;
  throw new SettingsRefused(`the secret of the ${kind} partners is not an object of settings by partner`);
}

function parseJson(kind: CallbackKind, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SettingsRefused(`the secret of the ${kind} partners is not JSON`);
  }
}
