import official from '@easypost/api';
import type {
  EasyPostRate,
  EasyPostShipment,
  EasyPostTracker,
} from '../../../shared/shipping/carriers/easypost/sandbox/wire.ts';

type Bought = EasyPostShipment & { tracking_code: string } & Record<'tracker', EasyPostTracker> &
  Record<'postage_label', { label_url: string }>;

/**
 * As much of the official client as the tests use. Its own type declarations describe the CommonJS build, which under
 * Node's module resolution does not fit the ES module that is loaded.
 */
export interface EasyPostSdk {
  Address: { create(params: object): Promise<{ id: string }> };
  Shipment: {
    create(params: object): Promise<EasyPostShipment & { lowestRate(): EasyPostRate }>;
    buy(id: string, rate: EasyPostRate | undefined): Promise<Bought>;
    refund(id: string): Promise<EasyPostShipment>;
    retrieve(id: string): Promise<EasyPostShipment>;
    all(params: object): Promise<{ shipments: EasyPostShipment[]; has_more: boolean }>;
  };
  Tracker: {
    retrieve(id: string): Promise<EasyPostTracker>;
    all(params: object): Promise<{ trackers: EasyPostTracker[] }>;
  };
  Utils: { validateWebhook(body: Buffer, headers: object, secret: string): object };
}

export const EasyPost = official as unknown as new (key: string, options: { baseUrl: string }) => EasyPostSdk;
