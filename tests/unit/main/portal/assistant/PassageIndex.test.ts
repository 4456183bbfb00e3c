import { describe, expect, it } from 'vitest';
import { PassageIndex } from '../../../../../main/portal/assistant/passages/PassageIndex.ts';
import { sentencesIn } from '../../../../../main/portal/assistant/passages/sentencesIn.ts';

const passages = [
  'El agua de la llave puede verse turbia después de una reparación. Deje correr el agua fría durante cinco minutos.',
  'La basura se recoge los lunes. Los muebles viejos se llevan al centro de reciclaje.',
  'Los autobuses no circulan los días festivos.',
];

describe('passages', () => {
  it('are found by other forms of their words, and in spite of typing errors and missing accents', () => {
    const index = new PassageIndex(passages);
    const first = (question: string): number | undefined => index.find(question, 1)[0]?.at;
    expect(first('¿Por qué está turbia el agua?')).toBe(0);
    expect(first('reciclar un mueble viejo')).toBe(1);
    expect(first('hay autobus en dia festibo')).toBe(2);
    expect(index.find('', 3)).toEqual([]);
  });

  it('are found by a vector where no word is shared', () => {
    const vectors = [[Float32Array.of(1, 0)], [Float32Array.of(0, 1)], []];
    expect(new PassageIndex(passages, vectors).find('xyz', 1, Float32Array.of(0, 1))).toEqual([{ at: 1, score: 0.5 }]);
  });

  it('have sentences in their own words', () => {
    expect(sentencesIn('Hoy no hay agua. ¿Cuándo vuelve? A las 5 p. m.', 'es')).toEqual([
      'Hoy no hay agua.',
      '¿Cuándo vuelve?',
      'A las 5 p. m.',
    ]);
  });
});
