/** Blocks of cells as tab-separated text, the form in which spreadsheets exchange them. */
import Papa from 'papaparse';

export type Block = readonly (readonly string[])[];

/** Reads a pasted text: quoted cells may hold tabs, line breaks and doubled quotes. */
export function parseBlock(text: string): Block {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  if (plain === '') return [['']];
  const read = Papa.parse<string[]>(plain, { delimiter: '\t', newline: '\n' });
  const isQuoted = !read.errors.some((error) => error.type === 'Quotes');
  if (isQuoted) return read.data;

  // A cell may begin with a quote that is simply part of it: `"big" mine`.
  return plain.split('\n').map((line) => line.split('\t'));
}

export function formatBlock(block: Block): string {
  return block.map((row) => row.map(formatCell).join('\t')).join('\n');
}

function formatCell(text: string): string {
  return /["\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
