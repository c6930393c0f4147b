/** The signed-in person: name, party, roles, and the way out. */
import { Menu } from '@mantine/core';
import { IconDots, IconKeyboard, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { colourOf, initialsOf } from '../ui/person-colour.ts';
import { useWorkspace, useWorkspaceStatus } from '../sync/workspace-context.tsx';
import { useSessionAccess } from '../session/session-context.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { useDialogs } from './dialogs-context.tsx';
import { useMe } from './me-context.tsx';
import styles from './person-menu.module.css';

export function PersonMenu() {
  const { t } = useTranslation('app');
  const { user } = useMe();
  const { show } = useDialogs();
  const signOut = useSignOut();
  const roles = user.roles.map((role) => t(`role_${role}`));

  return (
    <Menu position="top-start" width={208} shadow="md">
      <Menu.Target>
        <button type="button" className={styles.person} title={t('personMenu')}>
          <Avatar initials={initialsOf(user.name)} colour={colourOf(user.id)} />
          <span className={styles.who}>
            <strong>{user.name}</strong>
            <small>{[user.party, ...roles].join(' · ')}</small>
          </span>
          <IconDots size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className={styles.card}>
          <strong>{user.name}</strong>
          <span>{user.party}</span>
          <span>{roles.length === 0 ? t('noRoles') : roles.join(' · ')}</span>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconKeyboard size={15} />}
          rightSection={<kbd>?</kbd>}
          onClick={() => {
            show('keys');
          }}
        >
          {t('keyboard')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={signOut}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Signs out at once where nothing would be left behind, and asks otherwise. */
export function useSignOut(): () => void {
  const workspace = useWorkspace();
  const { unsent, notAccepted } = useWorkspaceStatus();
  const { store } = useSessionAccess();
  const { show } = useDialogs();

  return () => {
    if (unsent + notAccepted > 0) {
      show('sign-out');
      return;
    }
    void store
      .signOut(() => workspace.wipe())
      .then((isGone) => {
        if (!isGone) show('sign-out');
      });
  };
}
