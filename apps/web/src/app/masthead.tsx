/** The strips at the very top: the highest marking on screen, the sample workspace, and the state of the connection. */
import { IconFlask } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { findRegister } from '@lodestone/document-model';
import { useHighestMarking, useWorkspace } from '../sync/workspace-context.tsx';
import { Banner } from '../ui/banner.tsx';
import { MarkingBanner } from '../ui/marking-banner.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { useMe } from './me-context.tsx';

export function Masthead({ register }: { readonly register: string | undefined }) {
  const { t } = useTranslation('app');
  const me = useMe();
  const isKnown = register !== undefined && findRegister(register) !== undefined;

  return (
    <section aria-label={t('masthead')}>
      {isKnown ? (
        <RegisterMarking register={register} />
      ) : (
        <MarkingBanner marking={undefined} label={t('markingLabel')} />
      )}
      {me.sample && (
        <Banner tone="info" icon={<IconFlask size={15} />}>
          {t('sampleBanner')}
        </Banner>
      )}
      <ConnectionBanner />
    </section>
  );
}

function RegisterMarking({ register }: { readonly register: string }) {
  const { t } = useTranslation('app');
  const marking = useHighestMarking(useWorkspace().registerView(register));

  return <MarkingBanner marking={marking} label={t('markingLabel')} />;
}
