/** One field of the record: label, value or editor, who stands there, why it is closed, and who changed it last. */
import { IconLock } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '@lodestone/access-policy';
import type { Field } from '@lodestone/document-model';
import { FieldConflict } from '../attention/field-conflict.tsx';
import { colourOf, initialsOf } from '../ui/person-colour.ts';
import { usePeersAt } from '../sync/workspace-context.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { sentences } from '../ui/sentences.ts';
import { ChangedLine } from './changed-line.tsx';
import { usePanel } from './field-editing.tsx';
import { OptionControl } from './option-control.tsx';
import { ReadValue } from './read-value.tsx';
import styles from './record-panel.module.css';
import type { FieldChange } from './record-history.ts';
import { SetControl } from './set-control.tsx';
import { TextControl } from './text-control.tsx';

export interface FieldRowProps {
  readonly name: string;
  readonly field: Field;
  /** What stands behind the label: the language of a side. */
  readonly side?: string;
  /** A mark behind the label: this side is missing, or older than the other. */
  readonly mark?: string;
  readonly changes: readonly FieldChange[];
  /** The panel has already said why nothing can be edited. */
  readonly isLockExplained: boolean;
}

export function FieldRow(props: FieldRowProps) {
  const { name, field, changes } = props;
  const { view, record, language } = usePanel();
  const controlId = useId();
  const hintId = useId();
  const decision = view.decide(record.id, name);
  const isOpen = decision.effect === 'permit' && field.fixed !== true && field.retired !== true;

  return (
    <div className={styles.field} data-field={name}>
      <div className={styles.labelLine}>
        {isOpen ? (
          <label htmlFor={controlId}>
            <LabelText {...props} />
          </label>
        ) : (
          <span className={styles.label}>
            <LabelText {...props} />
          </span>
        )}
        <PeersHere field={name} />
      </div>
      {isOpen ? (
        <Control id={controlId} name={name} field={field} describedBy={hintId} />
      ) : (
        <Locked {...props} decision={decision}>
          <ReadValue field={field} value={record.fields[name] ?? null} />
        </Locked>
      )}
      <FieldConflict register={view.register.name} record={record.id} field={name} />
      {field.hint !== undefined && (
        <p id={hintId} className={styles.hint}>
          {field.hint[language]}
        </p>
      )}
      <ChangedLine field={field} changes={changes} />
    </div>
  );
}

function LabelText({ field, side, mark }: FieldRowProps) {
  const { language } = usePanel();
  const unit = field.kind === 'number' ? field.unit : undefined;

  return (
    <>
      {field.label[language]}
      {unit !== undefined && <em> {unit}</em>}
      {side !== undefined && <em> · {side}</em>}
      {mark !== undefined && <mark className={styles.mark}>{mark}</mark>}
    </>
  );
}

interface ControlChoiceProps {
  readonly id: string;
  readonly name: string;
  readonly field: Field;
  readonly describedBy: string;
}

function Control({ field, ...rest }: ControlChoiceProps) {
  switch (field.kind) {
    case 'choice':
    case 'state':
    case 'boolean':
      return <OptionControl {...rest} field={field} />;
    case 'set':
      return <SetControl {...rest} field={field} />;
    case 'text':
    case 'number':
    case 'quantity':
    case 'money':
    case 'date':
    case 'reference':
    case 'url':
    case 'point':
      return <TextControl {...rest} field={field} />;
  }
}

interface LockedProps extends FieldRowProps {
  readonly decision: Decision;
  readonly children: ReactNode;
}

/** A closed field looks calm, opens nothing, and tells why and who may. */
function Locked({ field, decision, isLockExplained, children }: LockedProps) {
  const { t } = useTranslation('record');
  const { language } = usePanel();
  const [isShown, setShown] = useState(false);
  const reasonId = useId();
  const isExplained = decision.effect === 'deny' && !isLockExplained;
  const reason =
    decision.effect === 'deny'
      ? sentences(language, decision.reason[language], decision.remedy[language])
      : '';

  return (
    <>
      <div className={styles.locked}>
        <div>{children}</div>
        {isExplained && (
          <button
            type="button"
            className={styles.lock}
            aria-label={t('whyLocked', { field: field.label[language] })}
            aria-expanded={isShown}
            aria-controls={reasonId}
            title={reason}
            onClick={() => {
              setShown(!isShown);
            }}
          >
            <IconLock size={13} aria-hidden />
          </button>
        )}
      </div>
      {isShown && (
        <p id={reasonId} className={styles.reason}>
          {reason}
        </p>
      )}
    </>
  );
}

function PeersHere({ field }: { readonly field: string }) {
  const { t } = useTranslation('record');
  const { view, record } = usePanel();
  const peers = usePeersAt(view, record.id).filter((peer) => peer.field === field);

  return peers.map(({ session, person, name, editing }) => (
    <span
      key={session}
      className={styles.peer}
      role="img"
      aria-label={editing ? t('peerEdits', { name }) : t('peerStands', { name })}
      title={editing ? t('peerEdits', { name }) : t('peerStands', { name })}
    >
      <Avatar size="small" initials={initialsOf(name)} colour={colourOf(person)} />
    </span>
  ));
}
