import { cashLine } from './cash.ts';
import type { EasyPostAddress, EasyPostShipment } from './wire.ts';

/**
 * A label of 4 by 6 inches as a PDF of one page. It prints sender, receiver, importer of record, service and tracking
 * number as text.
 */
export function printLabel(shipment: EasyPostShipment, importer: EasyPostAddress | undefined): Buffer {
  const rate = shipment.selected_rate;
  const lines = [
    text(14, 20, 400, `${rate?.carrier ?? ''} ${rate?.service ?? ''}`),
    text(8, 20, 375, 'FROM'),
    ...addressLines(8, 20, 362, shipment.from_address),
    text(10, 20, 285, 'TO'),
    ...addressLines(12, 20, 268, shipment.to_address),
    text(8, 20, 150, `Weight ${shipment.parcel.weight} oz   Reference ${shipment.reference ?? ''}`),
    text(
      8,
      20,
      135,
      shipment.customs_info === null
        ? ''
        : `CUSTOMS ${shipment.customs_info.contents_type ?? ''} ${shipment.customs_info.customs_items.length} item(s)`,
    ),
    text(8, 20, 120, importer === undefined ? '' : importerLine(importer)),
    text(12, 20, 108, cashLine(shipment)),
    text(16, 20, 90, shipment.tracking_code ?? ''),
    text(7, 20, 30, 'Sandbox label, not valid for carriage'),
  ];
  return writePdf(lines.join('\n'));
}

const importerLine = ({ company, name, federal_tax_id, country }: EasyPostAddress) =>
  ['IMPORTER', company ?? name, federal_tax_id, country].filter(Boolean).join(' ');

function addressLines(size: number, x: number, top: number, address: EasyPostAddress): string[] {
  const place = [address.zip, address.city, address.state].filter(Boolean).join(' ');
  const lines = [address.name, address.company, address.street1, address.street2, place, address.country];
  return lines
    .filter((line) => line != null && line !== '')
    .map((line, index) => text(size, x, top - index * (size + 3), line ?? ''));
}

/** One line of text. Its position is in points from the lower left corner. */
function text(size: number, x: number, y: number, content: string): string {
  // The font has only Latin-1. Other characters become question marks, as on a carrier's label.
  const latin = content.replace(/[^\x20-\x7e\u00a0-\u00ff]/g, '?').replace(/[\\()]/g, '\\$&');
  return `BT /F1 ${size} Tf ${x} ${y} Td (${latin}) Tj ET`;
}

function writePdf(content: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 288 432] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = Buffer.byteLength(file, 'latin1');
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
