/** A short line under an open cell: which forms its field takes. */
import type { Column } from '../columns/column.ts';
import type { GridText } from '../grid-words.ts';

export function hintFor(column: Column, text: GridText): string | undefined {
  const { declared } = column;
  switch (declared.kind) {
    case 'date':
      return text('hintDate');
    case 'quantity': {
      const unit = declared.units[0] ?? '';

      return text(declared.allows.length > 0 ? 'hintQuantity' : 'hintQuantityPlain', { unit });
    }
    case 'money':
      return text('hintMoney', { currency: declared.currencies[0] ?? '' });
    case 'point':
      return text('hintPoint');
    case 'text':
      return declared.lines === 'many' ? text('hintLines') : column.hint;
    case 'number':
    case 'choice':
    case 'state':
    case 'reference':
    case 'set':
    case 'boolean':
    case 'url':
      return column.hint;
  }
}
