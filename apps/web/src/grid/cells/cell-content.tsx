/** What stands in a closed cell, by the kind of its field. */
import { IconCheck, IconExternalLink } from '@tabler/icons-react';
import type {
  ChoiceField,
  Field,
  ReferenceField,
  SetField,
  StateField,
  Surroundings,
  Value,
} from '@lodestone/document-model';
import type { GridText } from '../grid-words.ts';
import { readableText } from './cell-text.ts';
import type { ReferenceLooks } from './reference-display.ts';
import { tagsThatFit } from './tags.ts';

export interface CellContentProps {
  readonly declared: Field;
  readonly value: Value;
  readonly width: number;
  readonly around: Surroundings;
  readonly looks: ReferenceLooks;
  readonly text: GridText;
}

export function CellContent(props: CellContentProps) {
  const { declared, value, around } = props;
  if (value === null) return null;
  switch (declared.kind) {
    case 'choice':
    case 'state':
      return <OptionContent declared={declared} value={plain(value)} around={around} />;
    case 'reference':
      return <ReferenceContent declared={declared} id={plain(value)} looks={props.looks} />;
    case 'set':
      return (
        <SetContent {...props} declared={declared} elements={Array.isArray(value) ? value : []} />
      );
    case 'boolean':
      return (
        <BooleanContent label={readableText(declared, value, around)} value={value === true} />
      );
    case 'url':
      return <UrlContent address={plain(value)} text={props.text} />;
    case 'quantity':
      return <QuantityContent {...props} />;
    case 'text':
    case 'number':
    case 'money':
    case 'date':
    case 'point':
      return <span className="grid-text">{readableText(declared, value, around)}</span>;
  }
}

/** Options, references and addresses are texts. */
function plain(value: Value): string {
  return typeof value === 'string' ? value : '';
}

interface OptionContentProps {
  readonly declared: ChoiceField | StateField;
  readonly value: string;
  readonly around: Surroundings;
}

function OptionContent({ declared, value, around }: OptionContentProps) {
  const option = declared.options[value];
  const label = option?.label[around.language] ?? value;
  if (option?.hue === undefined) return <span className="grid-text">{label}</span>;

  return <Pill hue={option.hue} label={label} />;
}

interface ReferenceContentProps {
  readonly declared: ReferenceField;
  readonly id: string;
  readonly looks: ReferenceLooks;
}

function ReferenceContent({ declared, id, looks }: ReferenceContentProps) {
  const look = looks.lookOf(declared, id);
  if (look.isUnknown) return <span className="grid-text is-muted">{look.title}</span>;
  if (declared.display === 'pill' && look.hue !== undefined) {
    return <Pill hue={look.hue} label={look.title} />;
  }

  return (
    <>
      {declared.display === 'code' && <span className="grid-code">{id}</span>}
      <span className="grid-text">{look.title}</span>
    </>
  );
}

interface SetContentProps extends Omit<CellContentProps, 'declared'> {
  readonly declared: SetField;
  readonly elements: readonly string[];
}

function SetContent({ declared, elements, width, around, looks, text }: SetContentProps) {
  const tags = elements.map((element) => tagOf(declared, element, around, looks));
  const fitting = tagsThatFit(
    tags.map((tag) => tag.label),
    width,
  );

  return (
    <span className="grid-tags">
      {tags.slice(0, fitting).map((tag) => (
        <span key={tag.key} className={tag.isUnknown ? 'grid-tag is-muted' : 'grid-tag'}>
          {tag.label}
        </span>
      ))}
      {fitting < tags.length && (
        <span className="grid-more">{text('moreElements', { count: tags.length - fitting })}</span>
      )}
    </span>
  );
}

function tagOf(declared: SetField, element: string, around: Surroundings, looks: ReferenceLooks) {
  if (declared.of.kind === 'choice') {
    const label = declared.of.options[element]?.label[around.language] ?? element;

    return { key: element, label, isUnknown: false };
  }
  const look = looks.lookOf(declared.of, element);
  const isCode = declared.of.display === 'code' && !look.isUnknown;

  return { key: element, label: isCode ? element : look.short, isUnknown: look.isUnknown };
}

function BooleanContent({ label, value }: { readonly label: string; readonly value: boolean }) {
  return value ? (
    <span className="grid-boolean">
      <IconCheck size={14} stroke={2.2} aria-hidden />
      {label}
    </span>
  ) : (
    <span className="grid-boolean is-muted">{label}</span>
  );
}

function UrlContent({ address, text }: { readonly address: string; readonly text: GridText }) {
  return (
    <a
      className="grid-link"
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      tabIndex={-1}
      title={text('openLink', { address })}
    >
      <span className="grid-text">{address.replace(/^https?:\/\/(www\.)?/, '')}</span>
      <IconExternalLink size={13} stroke={1.8} aria-hidden />
    </a>
  );
}

/** The figure is what the eye compares; its unit stands back. */
function QuantityContent({ declared, value, around }: CellContentProps) {
  const text = readableText(declared, value, around);
  if (typeof value !== 'object' || value === null || !('unit' in value)) {
    return <span className="grid-text is-muted">{text}</span>;
  }
  const figure = text.slice(0, text.length - value.unit.length).trimEnd();

  return (
    <span className="grid-text">
      {figure} <span className="grid-unit">{value.unit}</span>
    </span>
  );
}

function Pill({ hue, label }: { readonly hue: number; readonly label: string }) {
  return <span className={`grid-pill is-hue-${String(hue)}`}>{label}</span>;
}
