import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentName } from '../../../../shared/incidents/attachmentName.ts';

describe('the name of an attachment', () => {
  it.each([
    ['photo.JPEG', 'image/jpeg', 'photo.jpeg'],
    ['photo', 'image/png', 'photo.png'],
    ['e.hta', 'text/plain', 'e.txt'],
    ['k.pdf.exe', 'application/pdf', 'k.pdf'],
    ['k.pdf .exe', 'text/plain', 'k.txt'],
    ['invoice.exe.pdf', 'application/pdf', 'invoice.pdf'],
    ['n\u202Egpj.bat', 'text/plain', 'ngpj.txt'],
    ['n\u2066\u200F.png\u2069', 'image/png', 'n.png'],
    ['a\u0000b\r\nc\u001B[31m.png', 'image/png', 'abc[31m.png'],
    ['..\\..\\evil.cmd', 'image/png', 'evil.png'],
    ['/etc/passwd', 'text/plain', 'passwd.txt'],
    ['CON.txt', 'text/plain', '_CON.txt'],
    ['=cmd.csv', 'text/plain', '=cmd.txt'],
    ['Plan v1.2.pdf', 'application/pdf', 'Plan v1.2.pdf'],
    ['Wasserrohrbruch Hauptstraße 3.docx', 'application/zip', 'Wasserrohrbruch Hauptstraße 3.bin'],
    ['.exe', 'image/gif', 'exe.gif'],
    ['\u202E', 'image/gif', 'file.gif'],
  ])('%j of type %s becomes %j', (name, mediaType, expected) => {
    expect(attachmentName(name, mediaType)).toBe(expected);
  });

  it('has one ending, no direction or control character and no folder, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = attachmentName(name, 'image/png');
        expect(safe).toMatch(/^[^/\\\p{C}]+\.png$/u);
        expect(safe.slice(0, -'.png'.length)).not.toMatch(/\.[a-z][a-z0-9]{0,9}$/i);
        expect(attachmentName(safe, 'image/png')).toBe(safe);
      }),
      { numRuns: 2000 },
    );
  });
});
