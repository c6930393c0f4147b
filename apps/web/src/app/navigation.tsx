/** The left column: product, search, every register by its label, and the person. Drawn from the declarations alone. */
import { IconBook2, IconSearch, IconTable } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { registers, type Register } from '@lodestone/document-model';
import { useRecordCount, useWorkspace } from '../sync/workspace-context.tsx';
import { ProductMark } from '../ui/product-mark.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useDialogs } from './dialogs-context.tsx';
import styles from './navigation.module.css';
import { useOpenRegisters } from './open-registers.tsx';
import { PersonMenu } from './person-menu.tsx';

/** Reference lists are those that a few keep for all. */
const isReferenceList = ({ editing }: Register) =>
  editing === 'secretariat' || editing === 'administrator';

export function Navigation() {
  const { t } = useTranslation('app');
  const { show } = useDialogs();

  return (
    <div className={styles.column}>
      <div className={styles.brand}>
        <ProductMark />
        <div>
          <strong>{t('product')}</strong>
          <small>{t('tagline')}</small>
        </div>
      </div>
      <button
        type="button"
        className={styles.search}
        onClick={() => {
          show('palette');
        }}
      >
        <IconSearch size={15} stroke={1.8} aria-hidden />
        <span>{t('search')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <nav className={styles.places} aria-label={t('registers')}>
        <Places
          title={t('registers')}
          icon={IconTable}
          registers={registers.filter((register) => !isReferenceList(register))}
        />
        <Places
          title={t('references')}
          icon={IconBook2}
          registers={registers.filter(isReferenceList)}
        />
      </nav>
      <PersonMenu />
    </div>
  );
}

interface PlacesProps {
  readonly title: string;
  readonly icon: ComponentType<{
    readonly size: number;
    readonly stroke: number;
    readonly 'aria-hidden'?: boolean;
  }>;
  readonly registers: readonly Register[];
}

function Places({ title, icon: Icon, registers: listed }: PlacesProps) {
  const language = useLanguage();
  const { close } = useDialogs();
  const openRegisters = useOpenRegisters();

  return (
    <>
      <h2 className={styles.heading}>{title}</h2>
      <ul>
        {listed.map((register) => (
          <li key={register.name}>
            <NavLink
              to={`/registers/${register.name}`}
              className={styles.place ?? ''}
              onClick={close}
            >
              <Icon size={17} stroke={1.7} aria-hidden />
              <span>{register.label[language]}</span>
              {openRegisters.has(register.name) && <RecordCount register={register.name} />}
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  );
}

function RecordCount({ register }: { readonly register: string }) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const count = useRecordCount(useWorkspace().registerView(register));
  if (count === undefined) return null;

  return (
    <b>
      <span aria-hidden>{new Intl.NumberFormat(language).format(count)}</span>
      <span className={styles.spoken}>{t('recordCount', { count })}</span>
    </b>
  );
}
