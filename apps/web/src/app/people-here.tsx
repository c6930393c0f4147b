/** The other people whose screens show this register. A click goes to the record where one of them stands. */
import { Menu, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { titleOf, type RecordId } from '@lodestone/document-model';
import { colourOf, initialsOf } from '../ui/person-colour.ts';
import type { RegisterView } from '../registers/register-view.ts';
import { usePeople } from '../sync/workspace-context.tsx';
import type { PersonHere } from '../sync/workspace-port.ts';
import { Avatar } from '../ui/avatar.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './people-here.module.css';

export interface PeopleHereProps {
  readonly view: RegisterView;
  readonly onJump: (record: RecordId) => void;
}

/** More than these fold into a menu. */
const mostShown = 4;

export function PeopleHere({ view, onJump }: PeopleHereProps) {
  const { t } = useTranslation('app');
  const people = usePeople(view.register.name);
  const describe = useDescription(view);
  if (people.length === 0) return null;
  const [shown, folded] = [people.slice(0, mostShown), people.slice(mostShown)];

  return (
    <div
      className={styles.people}
      role="group"
      aria-label={t('peopleHere', { count: people.length })}
    >
      {shown.map((person) => (
        <Tooltip key={person.person} label={describe(person)} openDelay={150}>
          <button
            type="button"
            className={styles.person}
            aria-label={describe(person)}
            aria-disabled={person.record === undefined}
            onClick={() => {
              if (person.record !== undefined) onJump(person.record);
            }}
          >
            <Face person={person} />
          </button>
        </Tooltip>
      ))}
      {folded.length > 0 && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <button
              type="button"
              className={styles.more}
              aria-label={t('morePeople', { count: folded.length })}
            >
              +{folded.length}
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {folded.map((person) => (
              <Menu.Item
                key={person.person}
                leftSection={<Face person={person} />}
                onClick={() => {
                  if (person.record !== undefined) onJump(person.record);
                }}
              >
                {describe(person)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function Face({ person }: { readonly person: PersonHere }) {
  return <Avatar initials={initialsOf(person.name)} colour={colourOf(person.person)} />;
}

function useDescription(view: RegisterView): (person: PersonHere) => string {
  const { t } = useTranslation('app');
  const language = useLanguage();

  return ({ name, party, record: id }) => {
    const record = id === undefined ? undefined : view.record(id);
    if (record === undefined) return t('personHere', { name, party });

    return t('personStands', { name, party, record: titleOf(view.register, record, language) });
  };
}
