import type { OrderedLine } from './read-document.ts';

const head = (type: string) => `<?xml version="1.0" encoding="UTF-8"?>
<${type} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${type}-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:UBLVersionID>2.1</cbc:UBLVersionID>`;

const party = (role: string, name: string) =>
  `  <cac:${role}><cac:Party><cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName></cac:Party></cac:${role}>`;

/**
 * The supplier's answer to an order: an OrderResponse of UBL 2.1. `AP`: it takes the order, `CA`: it delivers fewer
 * units of these lines, `RE`: it does not take it.
 */
export const orderResponse = (given: {
  readonly documentId: string;
  readonly orderId: string;
  readonly salesOrderId: string;
  readonly issuedOn: string;
  readonly code: 'AP' | 'CA' | 'RE';
  readonly promisedOn: string;
  readonly changed?: readonly OrderedLine[];
}): string => `${head('OrderResponse')}
  <cbc:ID>${given.documentId}</cbc:ID>
  <cbc:SalesOrderID>${given.salesOrderId}</cbc:SalesOrderID>
  <cbc:IssueDate>${given.issuedOn}</cbc:IssueDate>
  <cbc:OrderResponseCode>${given.code}</cbc:OrderResponseCode>
  <cac:OrderReference><cbc:ID>${given.orderId}</cbc:ID></cac:OrderReference>
${party('SellerSupplierParty', 'The supplier')}
${party('BuyerCustomerParty', 'The buyer')}
  <cac:Delivery><cac:PromisedDeliveryPeriod><cbc:EndDate>${given.promisedOn}</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery>
${(given.changed ?? []).map(changedLine).join('\n')}
</OrderResponse>
`;

/** `3` of UN/EDIFACT 1229: changed. */
const changedLine = ({ lineNumber, units, sku }: OrderedLine) => `  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>${lineNumber}</cbc:ID>
      <cbc:LineStatusCode>3</cbc:LineStatusCode>
      <cbc:Quantity unitCode="C62">${units}</cbc:Quantity>
      <cac:Item><cac:BuyersItemIdentification><cbc:ID>${sku}</cbc:ID></cac:BuyersItemIdentification></cac:Item>
    </cac:LineItem>
    <cac:OrderLineReference><cbc:LineID>${lineNumber}</cbc:LineID></cac:OrderLineReference>
  </cac:OrderLine>`;

/** What is on its way: a DespatchAdvice of UBL 2.1, by sea to Gdańsk, for a freight of EUR 61.31. */
export const despatchAdvice = (given: {
  readonly documentId: string;
  readonly orderId: string;
  readonly issuedOn: string;
  readonly arrivesOn: string;
  readonly lines: readonly OrderedLine[];
}): string => `${head('DespatchAdvice')}
  <cbc:ID>${given.documentId}</cbc:ID>
  <cbc:IssueDate>${given.issuedOn}</cbc:IssueDate>
  <cac:OrderReference><cbc:ID>${given.orderId}</cbc:ID></cac:OrderReference>
${party('DespatchSupplierParty', 'The supplier')}
${party('DeliveryCustomerParty', 'The buyer')}
  <cac:Shipment>
    <cbc:ID>${given.documentId}</cbc:ID>
    <cac:ShipmentStage><cbc:TransportModeCode>1</cbc:TransportModeCode></cac:ShipmentStage>
    <cac:Delivery>
      <cbc:TrackingID>MSKU1234565</cbc:TrackingID>
      <cac:EstimatedDeliveryPeriod><cbc:EndDate>${given.arrivesOn}</cbc:EndDate></cac:EstimatedDeliveryPeriod>
    </cac:Delivery>
    <cac:OriginAddress><cac:Country><cbc:IdentificationCode>CN</cbc:IdentificationCode></cac:Country></cac:OriginAddress>
    <cac:FirstArrivalPortLocation><cbc:ID>PLGDN</cbc:ID></cac:FirstArrivalPortLocation>
    <cac:FreightAllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">61.31</cbc:Amount></cac:FreightAllowanceCharge>
  </cac:Shipment>
${given.lines.map(despatchLine).join('\n')}
</DespatchAdvice>
`;

const despatchLine = ({ lineNumber, units, sku }: OrderedLine) => `  <cac:DespatchLine>
    <cbc:ID>${lineNumber}</cbc:ID>
    <cbc:DeliveredQuantity unitCode="C62">${units}</cbc:DeliveredQuantity>
    <cac:OrderLineReference><cbc:LineID>${lineNumber}</cbc:LineID></cac:OrderLineReference>
    <cac:Item><cac:BuyersItemIdentification><cbc:ID>${sku}</cbc:ID></cac:BuyersItemIdentification></cac:Item>
  </cac:DespatchLine>`;
